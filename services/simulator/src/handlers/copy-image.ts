// EC2 CopyImage: sent to the region that the copy is to be in. With a client token it is safe to repeat. Two images may
// come to have the same name in this way.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { checkImageNameForm } from '../compute/check-image-name.ts';
import { checkRegion } from '../compute/check-region.ts';
import { oncePerToken } from '../compute/client-tokens.ts';
import { findUsableImage } from '../compute/find-image.ts';
import { amazonAccountId, type Image } from '../compute/image.ts';
import { copySnapshot } from '../compute/storage/make-snapshot.ts';
import { seedRootSnapshot, type VolumeSnapshot } from '../compute/storage/volume-snapshot.ts';
import { addTags, tagSpecificationsField, tagsFor } from '../compute/tags.ts';
import type { Tags } from '../listing/filters.ts';
import { optional, required, withDefault } from '../query/fields.ts';
import { flag, shortText, text } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const copyImage = defineAction({
  service: 'ec2',
  name: 'CopyImage',
  bucket: 'copy-image',
  input: {
    sourceRegion: required('SourceRegion', text),
    sourceImageId: required('SourceImageId', text),
    name: required('Name', shortText(128)),
    description: withDefault('Description', shortText(255), ''),
    encrypted: withDefault('Encrypted', flag, false),
    copyTags: withDefault('CopyImageTags', flag, false),
    clientToken: optional('ClientToken', shortText(128)),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ clientToken, tagSpecifications, ...order }, call) {
    const imageId = oncePerToken('CopyImage', clientToken, call, () => {
      checkRegion(order.sourceRegion, call);
      checkImageNameForm(order.name);
      const source = findUsableImage(order.sourceImageId, { ...call, region: order.sourceRegion });
      if (source.state !== 'available') {
        throw new AwsError('InvalidAMIID.Unavailable', `The image '${source.id}' is not available.`);
      }
      const tags = tagsFor('image', tagSpecifications);
      const copied = order.copyTags && source.ownerId === call.accountId ? [...source.tags] : [];
      return putCopy(source, order, {
        tags: addTags(
          new Map(copied),
          [...tags].map(([key, value]) => ({ key, value })),
        ),
        snapshotTags: tagsFor('snapshot', tagSpecifications),
        call,
      });
    });
    return { imageId };
  },
});

interface Order {
  readonly sourceRegion: string;
  readonly name: string;
  readonly description: string;
  readonly encrypted: boolean;
}

function putCopy(
  source: Image,
  { sourceRegion, name, description, encrypted }: Order,
  { tags, snapshotTags, call }: { readonly tags: Tags; readonly snapshotTags: Tags; readonly call: Call },
): string {
  const id = newResourceId(call.random, 'ami');
  const snapshot = copySnapshot(
    rootSnapshotOf(source, sourceRegion, call),
    {
      description: `Copied for DestinationAmi ${id} from SourceAmi ${source.id} for SourceSnapshot ${source.rootSnapshotId}.`,
      tags: snapshotTags,
      encrypted,
    },
    call,
  );
  call.state.putImage({
    ...source,
    id,
    ownerId: call.accountId,
    ownerAlias: undefined,
    name,
    description,
    rootSnapshotId: snapshot.id,
    isPublic: false,
    sharedWith: [],
    createdAtMs: call.nowMs,
    state: 'pending',
    dueAtMs: call.nowMs + call.settings.transitionMs,
    sourceInstanceId: undefined,
    source: { imageId: source.id, region: sourceRegion },
    tags,
  });
  return id;
}

/** Who was given an image may launch it; to copy it, its snapshot must have been shared as well. */
function rootSnapshotOf(source: Image, region: string, { world, accountId }: Call): VolumeSnapshot {
  // The cloud's own images can be copied by everybody, though their snapshots are nowhere listed.
  if (source.ownerId === amazonAccountId) return seedRootSnapshot(source, region);
  const snapshot = world.snapshotsFor(accountId, region).find(({ id }) => id === source.rootSnapshotId);
  if (snapshot) return snapshot;
  throw new AwsError('InvalidRequest', 'You do not have permission to access the storage of this ami');
}
