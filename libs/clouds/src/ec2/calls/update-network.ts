// ModifyVpcAttribute, which takes one attribute a call, and tags.
import { readAttributes } from '../attributes/read-attributes.ts';
import { updateAttributes } from '../attributes/update-attributes.ts';
import { ModifyVpcAttributeCommand } from '../sdk/client-ec2.ts';
import type { Step } from './step.ts';
import { nameAndTags } from './tag-steps.ts';
import { updateInSteps } from './update-in-steps.ts';
import type { Update } from './write-calls.ts';

export const updateNetwork: Update<'network'> = async (deps, target, patch, options) => {
  const { enableDnsHostnames, enableDnsSupport } = readAttributes(
    updateAttributes.network,
    patch.cloudAttributes,
  );
  // Names need the support, so that is switched on first.
  const changes = [
    ...(enableDnsSupport === undefined ? [] : [{ EnableDnsSupport: { Value: enableDnsSupport } }]),
    ...(enableDnsHostnames === undefined ? [] : [{ EnableDnsHostnames: { Value: enableDnsHostnames } }]),
  ];
  const steps: Step[] = changes.map((change) => ({
    action: 'ModifyVpcAttribute',
    hasNoDryRun: true,
    send: (http) => deps.ec2.send(new ModifyVpcAttributeCommand({ VpcId: target.cloudId, ...change }), http),
  }));
  return updateInSteps(deps, target, { steps, tags: nameAndTags(patch), becomes: {} }, options);
};
