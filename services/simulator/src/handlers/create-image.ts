// EC2 CreateImage. It has no client token: the name, unique per account and region, has to do.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { checkImageName } from '../compute/check-image-name.ts';
import { findInstances } from '../compute/find-instances.ts';
import { snapshotVolume } from '../compute/storage/make-snapshot.ts';
import { rootVolumeOf } from '../compute/storage/volumes-of.ts';
import { tagSpecificationsField, tagsFor } from '../compute/tags.ts';
import { required, withDefault } from '../query/fields.ts';
import { flag, shortText, text } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const createImage = defineAction({
  service: 'ec2',
  name: 'CreateImage',
  bucket: 'mutating',
  input: {
    instanceId: required('InstanceId', text),
    name: required('Name', shortText(128)),
    description: withDefault('Description', shortText(255), ''),
    noReboot: withDefault('NoReboot', flag, false),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ instanceId, name, description, tagSpecifications }, call) {
    const { state, nowMs, settings, random } = call;
    const [instance] = findInstances([instanceId], { state });
    if (!instance || (instance.state !== 'running' && instance.state !== 'stopped')) {
      throw new AwsError(
        'IncorrectInstanceState',
        `Instance '${instanceId}' is not in state 'running' or 'stopped'.`,
      );
    }
    checkImageName(name, state);
    const root = rootVolumeOf(instance, state);
    if (!root) {
      throw new AwsError(
        'InvalidRequest',
        `The instance '${instanceId}' has no root volume to make an image of.`,
      );
    }
    const id = newResourceId(random, 'ami');
    const labels = {
      description: `Created by CreateImage(${instanceId}) for ${id}`,
      tags: tagsFor('snapshot', tagSpecifications),
    };
    state.putImage({
      id,
      ownerId: state.accountId,
      ownerAlias: undefined,
      name,
      description,
      architecture: instance.architecture,
      platform: instance.platform,
      rootDeviceName: instance.rootDeviceName,
      rootSnapshotId: snapshotVolume(root, labels, call).id,
      rootSizeGiB: root.sizeGiB,
      isPublic: false,
      sharedWith: [],
      createdAtMs: nowMs,
      state: 'pending',
      dueAtMs: nowMs + settings.transitionMs,
      sourceInstanceId: instance.id,
      source: undefined,
      tags: tagsFor('image', tagSpecifications),
    });
    return { imageId: id };
  },
});
