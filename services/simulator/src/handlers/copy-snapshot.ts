// EC2 CopySnapshot: sent to the region that the copy is to be in. It has no client token.
import { defineAction } from '../action.ts';
import { checkRegion } from '../compute/check-region.ts';
import { findUsableSnapshot } from '../compute/storage/find-snapshot.ts';
import { copySnapshot as copy } from '../compute/storage/make-snapshot.ts';
import { tagSetOf, tagSpecificationsField, tagsFor } from '../compute/tags.ts';
import { optional, required, withDefault } from '../query/fields.ts';
import { flag, shortText, text } from '../query/scalars.ts';

export const copySnapshot = defineAction({
  service: 'ec2',
  name: 'CopySnapshot',
  bucket: 'storage-write',
  input: {
    sourceRegion: required('SourceRegion', text),
    sourceSnapshotId: required('SourceSnapshotId', text),
    // The SDKs send both, for services that copy between regions without asking twice who it is.
    destinationRegion: optional('DestinationRegion', text),
    presignedUrl: optional('PresignedUrl', text),
    description: optional('Description', shortText(255)),
    encrypted: withDefault('Encrypted', flag, false),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ sourceRegion, sourceSnapshotId, description, encrypted, tagSpecifications }, call) {
    checkRegion(sourceRegion, call);
    const source = findUsableSnapshot(sourceSnapshotId, { ...call, region: sourceRegion });
    const labels = {
      description: description ?? `[Copied ${source.id} from ${sourceRegion}] ${source.description}`,
      tags: tagsFor('snapshot', tagSpecifications),
      encrypted,
    };
    const { id, tags } = copy(source, labels, call);
    return { snapshotId: id, tagSet: tagSetOf(tags, call) };
  },
});
