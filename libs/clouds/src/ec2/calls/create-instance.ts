// RunInstances for exactly one instance. EC2 knows a repetition by its ClientToken, and refuses the same token with other
// parameters.
import type { BlockDeviceMapping, RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import { GatewayError } from '@cloud-gateway/contracts';
import type { z } from 'zod';
import type { CreateOptions, SpecOf } from '../../cloud.ts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { instanceBody } from '../bodies/instance-body.ts';
import { DescribeImagesCommand, RunInstancesCommand } from '../sdk/client-ec2.ts';
import { clientToken } from './client-token.ts';
import { createOnce, wasSentBefore } from './create-once.ts';
import { outcomePending } from './outcome-pending.ts';
import { tagSpecification } from './request-tag.ts';
import type { Create } from './write-calls.ts';
import type { WriteDeps } from './write-deps.ts';

type Spec = SpecOf<'instance'>;
type Attributes = z.output<typeof createAttributes.instance>;

export const createInstance: Create<'instance'> = async (deps, spec, options) => {
  const attributes = readAttributes(createAttributes.instance, spec.cloudAttributes);
  const rootVolume = await rootVolumeOf(deps, spec, attributes, options.signal).catch((error: unknown) => {
    // Says nothing about an instance that was made before, when the image was still there.
    throw wasSentBefore(options) ? outcomePending('RunInstances', error) : error;
  });
  const input = { ...runInstancesInput(spec, attributes, options), ...rootVolume };
  return createOnce(
    deps,
    {
      type: 'instance',
      action: 'RunInstances',
      mayArriveTwice: true,
      async send(http, dryRun) {
        const reservation = await deps.ec2.send(new RunInstancesCommand({ ...input, ...dryRun }), http);
        const instance = reservation.Instances?.[0];
        if (instance?.InstanceId === undefined) {
          // How EC2 answers a repetition when what the first one made is gone.
          throw new GatewayError('gone', {
            message: 'The instance that this request made is gone by now.',
          });
        }
        return { resource: instanceBody(instance, reservation, deps.onUnknownState), isComplete: true };
      },
    },
    options,
  );
};

/** Equal for equal arguments, as EC2 compares everything in it. */
export function runInstancesInput(
  spec: Spec,
  attributes: Attributes,
  { idempotencyToken, requestId }: Pick<CreateOptions, 'idempotencyToken' | 'requestId'>,
): RunInstancesCommandInput {
  return {
    ClientToken: clientToken(idempotencyToken),
    MinCount: 1,
    MaxCount: 1,
    ImageId: spec.imageId,
    InstanceType: spec.instanceType as NonNullable<RunInstancesCommandInput['InstanceType']>,
    TagSpecifications: tagSpecification('instance', spec, requestId),
    ...(spec.sshKeyName !== undefined && { KeyName: spec.sshKeyName }),
    ...(spec.userData !== undefined && { UserData: Buffer.from(spec.userData, 'utf8').toString('base64') }),
    ...placement(spec, attributes),
    ...network(spec, attributes),
    ...settings(attributes),
  };
}

function placement({ datacenter, placementGroupName }: Spec, { tenancy }: Attributes) {
  if (datacenter === undefined && placementGroupName === undefined && tenancy === undefined) return {};
  return { Placement: { AvailabilityZone: datacenter, GroupName: placementGroupName, Tenancy: tenancy } };
}

// Only an interface can be told whether it gets a public address, and then the rest is told of the interface too.
function network({ subnetId, securityGroupIds }: Spec, attributes: Attributes) {
  const { associatePublicAddress, privateAddress } = attributes;
  const groups = securityGroupIds?.length ? [...securityGroupIds] : undefined;
  if (associatePublicAddress === undefined) {
    return {
      ...(subnetId !== undefined && { SubnetId: subnetId }),
      ...(groups && { SecurityGroupIds: groups }),
      ...(privateAddress !== undefined && { PrivateIpAddress: privateAddress }),
    };
  }
  return {
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        AssociatePublicIpAddress: associatePublicAddress,
        SubnetId: subnetId,
        Groups: groups,
        PrivateIpAddress: privateAddress,
      },
    ],
  };
}

function settings(attributes: Attributes): Partial<RunInstancesCommandInput> {
  const { creditSpecification, hibernation, iamInstanceProfile, metadataHttpTokens, monitoring } = attributes;
  const { disableApiTermination, ebsOptimized, instanceInitiatedShutdownBehavior } = attributes;
  return {
    ...(creditSpecification !== undefined && { CreditSpecification: { CpuCredits: creditSpecification } }),
    ...(disableApiTermination !== undefined && { DisableApiTermination: disableApiTermination }),
    ...(ebsOptimized !== undefined && { EbsOptimized: ebsOptimized }),
    ...(hibernation !== undefined && { HibernationOptions: { Configured: hibernation } }),
    ...(iamInstanceProfile !== undefined && {
      IamInstanceProfile: iamInstanceProfile.startsWith('arn:')
        ? { Arn: iamInstanceProfile }
        : { Name: iamInstanceProfile },
    }),
    ...(instanceInitiatedShutdownBehavior !== undefined && {
      InstanceInitiatedShutdownBehavior: instanceInitiatedShutdownBehavior,
    }),
    ...(metadataHttpTokens !== undefined && { MetadataOptions: { HttpTokens: metadataHttpTokens } }),
    ...(monitoring !== undefined && { Monitoring: { Enabled: monitoring === 'enabled' } }),
  };
}

/** The root volume is named by its device, and which that is, the image says. */
async function rootVolumeOf(
  { ec2, call }: WriteDeps,
  { imageId }: Spec,
  { rootVolumeEncrypted, rootVolumeGigabytes, rootVolumeType }: Attributes,
  signal: AbortSignal,
): Promise<{ BlockDeviceMappings?: BlockDeviceMapping[] }> {
  const Ebs = {
    ...(rootVolumeEncrypted !== undefined && { Encrypted: rootVolumeEncrypted }),
    ...(rootVolumeGigabytes !== undefined && { VolumeSize: rootVolumeGigabytes }),
    ...(rootVolumeType !== undefined && {
      VolumeType: rootVolumeType as NonNullable<NonNullable<BlockDeviceMapping['Ebs']>['VolumeType']>,
    }),
  };
  if (Object.keys(Ebs).length === 0) return {};
  const { Images = [] } = await call.read('DescribeImages', signal, (http) =>
    ec2.send(new DescribeImagesCommand({ ImageIds: [imageId] }), http),
  );
  const DeviceName = Images[0]?.RootDeviceName;
  if (DeviceName === undefined) {
    throw new GatewayError('cloud-not-found', {
      message: `the cloud tells no root device of the image ${imageId}`,
    });
  }
  return { BlockDeviceMappings: [{ DeviceName, Ebs }] };
}
