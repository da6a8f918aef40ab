// EC2 CreateSnapshot. It has no client token: who repeats it gets a second snapshot.
import { defineAction } from '../action.ts';
import { findVolume } from '../compute/storage/find-volume.ts';
import { snapshotVolume } from '../compute/storage/make-snapshot.ts';
import { writeSnapshot } from '../compute/storage/snapshot-xml.ts';
import { tagSpecificationsField, tagsFor } from '../compute/tags.ts';
import { required, withDefault } from '../query/fields.ts';
import { shortText, text } from '../query/scalars.ts';

export const createSnapshot = defineAction({
  service: 'ec2',
  name: 'CreateSnapshot',
  bucket: 'storage-write',
  input: {
    volumeId: required('VolumeId', text),
    description: withDefault('Description', shortText(255), ''),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ volumeId, description, tagSpecifications }, call) {
    const labels = { description, tags: tagsFor('snapshot', tagSpecifications) };
    return writeSnapshot(snapshotVolume(findVolume(volumeId, call), labels, call), call);
  },
});
