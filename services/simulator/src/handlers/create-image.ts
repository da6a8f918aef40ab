// EC2 CreateImage. It has no client token: the name, unique per account and region, has to do.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findInstances } from '../compute/find-instances.ts';
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
  handle({ instanceId, name, description, tagSpecifications }, { state, nowMs, settings, random }) {
    const [instance] = findInstances([instanceId], { state });
    if (!instance || (instance.state !== 'running' && instance.state !== 'stopped')) {
      throw new AwsError(
        'IncorrectInstanceState',
        `Instance '${instanceId}' is not in state 'running' or 'stopped'.`,
      );
    }
    if (!/^[\w ().\-/'@[\]]{3,128}$/.test(name)) {
      throw new AwsError(
        'InvalidAMIName.Malformed',
        'AMI names must be between 3 and 128 characters long, of letters, digits and ().-/_ .',
      );
    }
    const taken = state.ownImages().find((image) => image.name === name && image.state !== 'deregistered');
    if (taken) {
      throw new AwsError('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${taken.id}`);
    }
    const id = newResourceId(random, 'ami');
    state.putImage({
      id,
      ownerId: state.accountId,
      ownerAlias: undefined,
      name,
      description,
      architecture: instance.architecture,
      platform: instance.platform,
      rootDeviceName: instance.rootDeviceName,
      rootSnapshotId: newResourceId(random, 'snap'),
      rootSizeGiB: instance.rootSizeGiB,
      isPublic: false,
      sharedWith: [],
      createdAtMs: nowMs,
      state: 'pending',
      dueAtMs: nowMs + settings.transitionMs,
      sourceInstanceId: instance.id,
      tags: tagsFor('image', tagSpecifications),
    });
    return { imageId: id };
  },
});
