// CreateImage of an instance, RegisterImage of a snapshot, or CopyImage of one that may be in another region. EC2 has a
// token for the copy only; the others are found again by the request's tag. An image's name is unique in the account and
// region.
import type { RegisterImageCommandInput } from '@aws-sdk/client-ec2';
import type { CreateOptions, SpecOf } from '../../cloud.ts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { imageBody } from '../bodies/image-body.ts';
import { CopyImageCommand, CreateImageCommand, RegisterImageCommand } from '../sdk/client-ec2.ts';
import { clientToken } from './client-token.ts';
import { type Creation, createOnce, type Made } from './create-once.ts';
import { refuseAttributes } from './refuse-attributes.ts';
import { tagSpecification, tagsToCreate } from './request-tag.ts';
import type { Create } from './write-calls.ts';
import type { WriteDeps } from './write-deps.ts';

export const createImage: Create<'image'> = async (deps, spec, options) =>
  createOnce(
    deps,
    {
      type: 'image',
      duplicateCodes: ['InvalidAMIName.Duplicate'],
      refusesSecond: true,
      ...wayOf(deps, spec, options),
    },
    options,
  );

type Spec = SpecOf<'image'>;
type Way = Pick<Creation, 'action' | 'send' | 'mayArriveTwice'>;

function wayOf(deps: WriteDeps, spec: Spec, options: CreateOptions): Way {
  if (spec.copyOf !== undefined) return copied(deps, spec, spec.copyOf, options);
  return spec.snapshotId === undefined
    ? takenOfInstance(deps, spec, options)
    : registered(deps, spec, spec.snapshotId, options);
}

const ofSnapshot = ['architecture', 'bootMode', 'enaSupport', 'rootDeviceName', 'virtualizationType'];
const ofCopy = ['encrypted', 'kmsKeyId'];
const ofInstance = ['noReboot'];

function takenOfInstance(deps: WriteDeps, spec: Spec, options: CreateOptions): Way {
  const attributes = readAttributes(createAttributes.image, spec.cloudAttributes);
  refuseAttributes(attributes, [...ofSnapshot, ...ofCopy], 'not for the image of an instance');
  const input = {
    InstanceId: spec.instanceId,
    ...named(spec, options),
    NoReboot: attributes.noReboot,
  };
  return {
    action: 'CreateImage',
    mayArriveTwice: false,
    async send(http, dryRun) {
      const answer = await deps.ec2.send(new CreateImageCommand({ ...input, ...dryRun }), http);
      return pendingImage(deps, spec, answer, options);
    },
  };
}

function registered(deps: WriteDeps, spec: Spec, snapshotId: string, options: CreateOptions): Way {
  const attributes = readAttributes(createAttributes.image, spec.cloudAttributes);
  refuseAttributes(attributes, [...ofInstance, ...ofCopy], 'not for the image of a snapshot');
  const { rootDeviceName = '/dev/xvda' } = attributes;
  const input: RegisterImageCommandInput = {
    ...named(spec, options),
    RootDeviceName: rootDeviceName,
    BlockDeviceMappings: [{ DeviceName: rootDeviceName, Ebs: { SnapshotId: snapshotId } }],
    // What EC2 takes when nothing is said (i386, paravirtual) starts on no instance type of today.
    Architecture: attributes.architecture ?? 'x86_64',
    VirtualizationType: attributes.virtualizationType ?? 'hvm',
    EnaSupport: attributes.enaSupport ?? attributes.virtualizationType !== 'paravirtual',
    BootMode: attributes.bootMode,
  };
  return {
    action: 'RegisterImage',
    mayArriveTwice: false,
    async send(http, dryRun) {
      const answer = await deps.ec2.send(new RegisterImageCommand({ ...input, ...dryRun }), http);
      return pendingImage(deps, spec, answer, options);
    },
  };
}

function copied(
  deps: WriteDeps,
  spec: Spec,
  { imageId, region }: NonNullable<Spec['copyOf']>,
  options: CreateOptions,
): Way {
  const attributes = readAttributes(createAttributes.image, spec.cloudAttributes);
  refuseAttributes(attributes, [...ofSnapshot, ...ofInstance], 'not for a copy');
  const input = {
    SourceImageId: imageId,
    SourceRegion: region,
    ...named(spec, options),
    Encrypted: attributes.encrypted,
    KmsKeyId: attributes.kmsKeyId,
    ClientToken: clientToken(options.idempotencyToken),
  };
  return {
    action: 'CopyImage',
    mayArriveTwice: true,
    async send(http, dryRun) {
      const answer = await deps.ec2.send(new CopyImageCommand({ ...input, ...dryRun }), http);
      return pendingImage(deps, spec, answer, options);
    },
  };
}

// The name is EC2's own, not a tag.
function named({ name, description, tags }: Spec, { requestId }: CreateOptions) {
  return {
    Name: name,
    Description: description,
    TagSpecifications: tagSpecification('image', { tags }, requestId),
  };
}

// EC2 answers with the id alone.
function pendingImage(
  { cloudAccountId, onUnknownState }: WriteDeps,
  { name, description, tags }: Spec,
  { ImageId }: { readonly ImageId?: string | undefined },
  { requestId }: CreateOptions,
): Made {
  const image = {
    ImageId,
    Name: name,
    Description: description,
    State: 'pending' as const,
    OwnerId: cloudAccountId,
    Tags: tagsToCreate({ tags }, requestId),
  };
  return { resource: imageBody(image, { sharedWithUs: false, onUnknownState }), isComplete: false };
}
