// ModifyVolume, and tags. EC2 refuses a second change while the first is under way, so on a repetition it is asked what
// the change under way leads to.
import type { ModifyVolumeCommandInput } from '@aws-sdk/client-ec2';
import { readAttributes } from '../attributes/read-attributes.ts';
import { updateAttributes } from '../attributes/update-attributes.ts';
import { DescribeVolumesModificationsCommand, ModifyVolumeCommand } from '../sdk/client-ec2.ts';
import type { Step } from './step.ts';
import { nameAndTags } from './tag-steps.ts';
import { updateInSteps } from './update-in-steps.ts';
import type { Update } from './write-calls.ts';
import type { WriteDeps } from './write-deps.ts';

export const updateVolume: Update<'volume'> = async (deps, target, patch, options) => {
  const attributes = readAttributes(updateAttributes.volume, patch.cloudAttributes);
  const { gigabytes, volumeType, iops } = patch;
  const change = {
    ...(gigabytes !== undefined && { Size: gigabytes }),
    ...(volumeType !== undefined && {
      VolumeType: volumeType as NonNullable<ModifyVolumeCommandInput['VolumeType']>,
    }),
    ...(iops !== undefined && { Iops: iops }),
    ...(attributes.throughput !== undefined && { Throughput: attributes.throughput }),
    ...(attributes.multiAttachEnabled !== undefined && { MultiAttachEnabled: attributes.multiAttachEnabled }),
  };
  const steps =
    Object.keys(change).length === 0 ? [] : [modify(deps, target.cloudId, change, options.signal)];
  // How far it is, the look tells: until EC2 has changed it, the volume is `updating` and of the size that it was.
  return updateInSteps(deps, target, { steps, tags: nameAndTags(patch), becomes: {} }, options);
};

type VolumeChange = Omit<ModifyVolumeCommandInput, 'VolumeId' | 'DryRun'>;

function modify(deps: WriteDeps, VolumeId: string, change: VolumeChange, signal: AbortSignal): Step {
  return {
    action: 'ModifyVolume',
    send: (http, dryRun) => deps.ec2.send(new ModifyVolumeCommand({ VolumeId, ...change, ...dryRun }), http),
    isDone: async ({ code }) => code === 'cloud-conflict' && (await leadsTo(deps, VolumeId, change, signal)),
  };
}

async function leadsTo(
  { ec2, call }: WriteDeps,
  VolumeId: string,
  change: VolumeChange,
  signal: AbortSignal,
): Promise<boolean> {
  const { VolumesModifications = [] } = await call.read('DescribeVolumesModifications', signal, (http) =>
    ec2.send(new DescribeVolumesModificationsCommand({ VolumeIds: [VolumeId] }), http),
  );
  const underWay = VolumesModifications.find(({ ModificationState }) => ModificationState !== 'failed');
  if (underWay === undefined) return false;
  const target: VolumeChange = {
    Size: underWay.TargetSize,
    VolumeType: underWay.TargetVolumeType,
    Iops: underWay.TargetIops,
    Throughput: underWay.TargetThroughput,
    MultiAttachEnabled: underWay.TargetMultiAttachEnabled,
  };
  return (Object.keys(change) as (keyof VolumeChange)[]).every((name) => change[name] === target[name]);
}
