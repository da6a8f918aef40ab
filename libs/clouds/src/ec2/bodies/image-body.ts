// An EC2 image (AMI) as a body.
import type { Image } from '@aws-sdk/client-ec2';
import type { ImageBody } from '@cloud-gateway/contracts';
import { imageStates, normalisedState, type OnUnknownState } from '../states.ts';
import { present, sortedBy, sortedTexts, tagsOf, textOrNull, timeOrNull } from './fields.ts';

export interface ImageBodyOptions {
  /** True for an image of another account that was shared with ours by name. */
  readonly sharedWithUs: boolean;
  readonly onUnknownState: OnUnknownState;
}

export function imageBody(image: Image, { sharedWithUs, onUnknownState }: ImageBodyOptions): ImageBody {
  // A published one is kept once for everybody, so it says what everybody is told: tags are the owner's own matter.
  const isPublished = image.Public === true;
  return {
    type: 'image',
    cloudId: image.ImageId ?? '',
    name: textOrNull(image.Name),
    state: normalisedState(imageStates, image.State, (raw) => onUnknownState('image', raw)),
    rawState: textOrNull(image.State),
    stateReason: textOrNull(image.StateReason?.Message),
    owner: image.OwnerId ?? image.ImageOwnerAlias ?? 'unknown',
    visibility: isPublished ? 'public' : sharedWithUs ? 'shared' : 'private',
    tags: isPublished ? {} : tagsOf(image.Tags),
    createdAt: timeOrNull(image.CreationDate),
    description: textOrNull(image.Description),
    architecture: textOrNull(image.Architecture),
    // EC2 names the platform of Windows images only.
    platform: image.Platform?.toLowerCase() === 'windows' ? 'windows' : 'linux',
    cloudAttributes: { ...onlyAtEc2(image), ...(!isPublished && onlyForItsUsers(image)) },
  };
}

// LastLaunchedTime is left out: it changes with every launch by anybody.
function onlyAtEc2(image: Image): Record<string, unknown> {
  return present({
    blockDevices: sortedBy(image.BlockDeviceMappings, (device) => device.DeviceName).map((device) =>
      present({
        deviceName: device.DeviceName,
        virtualName: device.VirtualName,
        snapshotId: device.Ebs?.SnapshotId,
        volumeType: device.Ebs?.VolumeType,
        volumeGigabytes: device.Ebs?.VolumeSize,
        encrypted: device.Ebs?.Encrypted,
        deleteOnTermination: device.Ebs?.DeleteOnTermination,
      }),
    ),
    bootMode: image.BootMode,
    deprecationTime: image.DeprecationTime,
    enaSupport: image.EnaSupport,
    hypervisor: image.Hypervisor,
    imageLocation: image.ImageLocation,
    imageType: image.ImageType,
    imdsSupport: image.ImdsSupport,
    kernelId: image.KernelId,
    ownerAlias: image.ImageOwnerAlias,
    platformDetails: image.PlatformDetails,
    productCodes: sortedTexts(image.ProductCodes?.map((code) => code.ProductCodeId)),
    ramdiskId: image.RamdiskId,
    rootDeviceName: image.RootDeviceName,
    rootDeviceType: image.RootDeviceType,
    sriovNetSupport: image.SriovNetSupport,
    tpmSupport: image.TpmSupport,
    virtualizationType: image.VirtualizationType,
  });
}

// What EC2 tells the owner, and would be told to everybody with the row of a published image.
function onlyForItsUsers(image: Image): Record<string, unknown> {
  return present({
    deregistrationProtection: image.DeregistrationProtection,
    sourceImageId: image.SourceImageId,
    sourceImageRegion: image.SourceImageRegion,
    sourceInstanceId: image.SourceInstanceId,
  });
}
