// ModifyInstanceAttribute takes one attribute a call; some have calls of their own. The size of an instance can be
// changed while it is stopped only: EC2 says so.
import type { ModifyInstanceAttributeCommandInput } from '@aws-sdk/client-ec2';
import type { UpdateOf } from '@cloud-gateway/contracts';
import type { z } from 'zod';
import { readAttributes } from '../attributes/read-attributes.ts';
import { updateAttributes } from '../attributes/update-attributes.ts';
import {
  ModifyInstanceAttributeCommand,
  ModifyInstanceCreditSpecificationCommand,
  ModifyInstanceMetadataOptionsCommand,
  MonitorInstancesCommand,
  UnmonitorInstancesCommand,
} from '../sdk/client-ec2.ts';
import type { Step } from './step.ts';
import { nameAndTags } from './tag-steps.ts';
import { updateInSteps } from './update-in-steps.ts';
import type { Update } from './write-calls.ts';
import type { WriteDeps } from './write-deps.ts';

type Patch = UpdateOf<'instance'>;
type Attributes = z.output<typeof updateAttributes.instance>;

export const updateInstance: Update<'instance'> = async (deps, target, patch, options) => {
  const attributes = readAttributes(updateAttributes.instance, patch.cloudAttributes);
  const { instanceType, securityGroupIds } = patch;
  const becomes = {
    ...(instanceType !== undefined && { instanceType }),
    ...(securityGroupIds !== undefined && { securityGroupIds: [...new Set(securityGroupIds)].sort() }),
  };
  const steps = [
    ...attributeSteps(deps, target.cloudId, patch, attributes),
    ...otherSteps(deps, target.cloudId, attributes),
  ];
  return updateInSteps(deps, target, { steps, tags: nameAndTags(patch), becomes }, options);
};

type Changed = Omit<ModifyInstanceAttributeCommandInput, 'InstanceId' | 'DryRun'>;

function attributeSteps(
  { ec2 }: WriteDeps,
  InstanceId: string,
  { instanceType, securityGroupIds }: Patch,
  attributes: Attributes,
): Step[] {
  const { disableApiTermination, ebsOptimized, instanceInitiatedShutdownBehavior, sourceDestCheck } =
    attributes;
  const changes: (Changed | false)[] = [
    instanceType !== undefined && { InstanceType: { Value: instanceType } },
    securityGroupIds !== undefined && { Groups: [...securityGroupIds] },
    disableApiTermination !== undefined && { DisableApiTermination: { Value: disableApiTermination } },
    ebsOptimized !== undefined && { EbsOptimized: { Value: ebsOptimized } },
    instanceInitiatedShutdownBehavior !== undefined && {
      InstanceInitiatedShutdownBehavior: { Value: instanceInitiatedShutdownBehavior },
    },
    sourceDestCheck !== undefined && { SourceDestCheck: { Value: sourceDestCheck } },
  ];
  return changes
    .filter((change) => change !== false)
    .map((change) => ({
      action: 'ModifyInstanceAttribute',
      send: (http, dryRun) =>
        ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, ...change, ...dryRun }), http),
    }));
}

function otherSteps({ ec2 }: WriteDeps, InstanceId: string, attributes: Attributes): Step[] {
  const { creditSpecification: CpuCredits, metadataHttpTokens: HttpTokens, monitoring } = attributes;
  const steps: Step[] = [];
  if (HttpTokens !== undefined) {
    steps.push({
      action: 'ModifyInstanceMetadataOptions',
      send: (http, dryRun) =>
        ec2.send(new ModifyInstanceMetadataOptionsCommand({ InstanceId, HttpTokens, ...dryRun }), http),
    });
  }
  if (CpuCredits !== undefined) {
    const input = { InstanceCreditSpecifications: [{ InstanceId, CpuCredits }] };
    steps.push({
      action: 'ModifyInstanceCreditSpecification',
      send: (http, dryRun) =>
        ec2.send(new ModifyInstanceCreditSpecificationCommand({ ...input, ...dryRun }), http),
    });
  }
  if (monitoring !== undefined) {
    const isOn = monitoring === 'enabled';
    const InstanceIds = [InstanceId];
    steps.push({
      action: isOn ? 'MonitorInstances' : 'UnmonitorInstances',
      send: async (http, dryRun) =>
        isOn
          ? ec2.send(new MonitorInstancesCommand({ InstanceIds, ...dryRun }), http)
          : ec2.send(new UnmonitorInstancesCommand({ InstanceIds, ...dryRun }), http),
    });
  }
  return steps;
}
