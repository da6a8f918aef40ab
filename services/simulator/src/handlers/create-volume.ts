// EC2 CreateVolume. With a client token it is safe to repeat.
import { defineAction } from '../action.ts';
import { oncePerToken } from '../compute/client-tokens.ts';
import { positive } from '../compute/storage/block-devices-field.ts';
import { findVolume } from '../compute/storage/find-volume.ts';
import { makeVolume } from '../compute/storage/make-volume.ts';
import { writeVolume } from '../compute/storage/volume-xml.ts';
import { tagSpecificationsField, tagsFor } from '../compute/tags.ts';
import { optional, withDefault } from '../query/fields.ts';
import { flag, shortText, text } from '../query/scalars.ts';

export const createVolume = defineAction({
  service: 'ec2',
  name: 'CreateVolume',
  bucket: 'storage-write',
  input: {
    zone: optional('AvailabilityZone', text),
    zoneId: optional('AvailabilityZoneId', text),
    sizeGiB: optional('Size', positive),
    snapshotId: optional('SnapshotId', text),
    type: withDefault('VolumeType', text, 'gp2'),
    iops: optional('Iops', positive),
    throughput: optional('Throughput', positive),
    encrypted: withDefault('Encrypted', flag, false),
    multiAttach: withDefault('MultiAttachEnabled', flag, false),
    clientToken: optional('ClientToken', shortText(64)),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ clientToken, tagSpecifications, ...order }, call) {
    const id = oncePerToken('CreateVolume', clientToken, call, () => {
      const tags = tagsFor('volume', tagSpecifications);
      return makeVolume({ ...order, tags }, call).id;
    });
    return writeVolume(findVolume(id, call), call);
  },
});
