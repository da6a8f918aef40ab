// EC2 RegisterImage: an image of a snapshot. It has no client token: the name, unique per account and region, has to do.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { checkImageName } from '../compute/check-image-name.ts';
import { blockDevicesField, readBlockDevices } from '../compute/storage/block-devices-field.ts';
import { tagSpecificationsField, tagsFor } from '../compute/tags.ts';
import { required, withDefault } from '../query/fields.ts';
import { oneOf, shortText, text } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const registerImage = defineAction({
  service: 'ec2',
  name: 'RegisterImage',
  bucket: 'mutating',
  input: {
    name: required('Name', shortText(128)),
    description: withDefault('Description', shortText(255), ''),
    // At EC2 it is i386 when nobody says otherwise; no type of instance here is of that.
    architecture: withDefault('Architecture', oneOf(['x86_64', 'arm64']), 'x86_64'),
    rootDeviceName: withDefault('RootDeviceName', text, '/dev/sda1'),
    virtualizationType: withDefault('VirtualizationType', oneOf(['hvm']), 'hvm'),
    blockDevices: blockDevicesField,
    tagSpecifications: tagSpecificationsField,
  },
  handle({ name, description, architecture, rootDeviceName, blockDevices, tagSpecifications }, call) {
    checkImageName(name, call.state);
    const root = readBlockDevices(blockDevices, call).find(({ device }) => device === rootDeviceName);
    if (!root?.snapshot) {
      throw new AwsError(
        'InvalidBlockDeviceMapping',
        `The block device mapping must have a snapshot for the root device ${rootDeviceName}.`,
      );
    }
    const id = newResourceId(call.random, 'ami');
    call.state.putImage({
      id,
      ownerId: call.accountId,
      ownerAlias: undefined,
      name,
      description,
      architecture,
      platform: undefined,
      rootDeviceName,
      rootSnapshotId: root.snapshot.id,
      rootSizeGiB: Math.max(root.snapshot.sizeGiB, root.sizeGiB ?? 0),
      isPublic: false,
      sharedWith: [],
      createdAtMs: call.nowMs,
      state: 'available',
      dueAtMs: undefined,
      sourceInstanceId: undefined,
      source: undefined,
      tags: tagsFor('image', tagSpecifications),
    });
    return { imageId: id };
  },
});
