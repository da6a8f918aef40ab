// RunInstances for exactly one instance. Safe to run twice: the ClientToken makes AWS answer a repetition with the
// instance that is there already, and refuse the same token with other parameters.
import { createHash } from 'node:crypto';
import { RunInstancesCommand, type RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import { GatewayError, type InstanceBody } from '@cloud-gateway/contracts';
import type { InstanceSpec, LaunchOptions } from '../../cloud.ts';
import { instanceBody } from '../bodies/instance-body.ts';
import type { InstanceCallDeps } from './instance-call.ts';

/** The tag that leads from an instance to the request that launched it. */
export const requestTag = 'cloud-gateway:request';

export async function launchInstance(
  { ec2, call, onUnknownState }: InstanceCallDeps,
  spec: InstanceSpec,
  options: LaunchOptions,
): Promise<InstanceBody> {
  const command = new RunInstancesCommand(runInstancesInput(spec, options));
  // Two attempts with one token. When the second one fails too, the caller may try again with the same token.
  const reservation = await call.write('RunInstances', options.signal, (http) => ec2.send(command, http));
  const instance = reservation.Instances?.[0];
  if (instance?.InstanceId === undefined) {
    throw new GatewayError('cloud-failed', { message: 'RunInstances was answered without an instance' });
  }
  return instanceBody(instance, reservation, onUnknownState);
}

/** Equal for equal arguments, as AWS compares everything in it. */
export function runInstancesInput(
  spec: InstanceSpec,
  { idempotencyToken, requestId }: Pick<LaunchOptions, 'idempotencyToken' | 'requestId'>,
): RunInstancesCommandInput {
  return {
    ClientToken: clientToken(idempotencyToken),
    MinCount: 1,
    MaxCount: 1,
    ImageId: spec.imageId,
    InstanceType: spec.instanceType as NonNullable<RunInstancesCommandInput['InstanceType']>,
    TagSpecifications: [{ ResourceType: 'instance', Tags: launchTags(spec, requestId) }],
    ...(spec.sshKeyName !== undefined && { KeyName: spec.sshKeyName }),
    ...(spec.subnetId !== undefined && { SubnetId: spec.subnetId }),
    ...(spec.securityGroupIds?.length && { SecurityGroupIds: [...spec.securityGroupIds] }),
    ...(spec.datacenter !== undefined && { Placement: { AvailabilityZone: spec.datacenter } }),
    ...(spec.userData !== undefined && { UserData: Buffer.from(spec.userData, 'utf8').toString('base64') }),
  };
}

// AWS takes 64 ASCII characters at the most; what a client sends may be longer and anything.
function clientToken(idempotencyToken: string): string {
  return createHash('sha256').update(idempotencyToken).digest('hex');
}

const tagValueLengthMax = 256;

function launchTags(spec: InstanceSpec, requestId: string): { Key: string; Value: string }[] {
  const tags = {
    ...spec.tags,
    ...(spec.name !== undefined && { Name: spec.name }),
    [requestTag]: requestId.slice(0, tagValueLengthMax),
  };
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
