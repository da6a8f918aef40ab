// ModifySubnetAttribute, which takes one attribute a call, and tags.
import { readAttributes } from '../attributes/read-attributes.ts';
import { updateAttributes } from '../attributes/update-attributes.ts';
import { ModifySubnetAttributeCommand } from '../sdk/client-ec2.ts';
import type { Step } from './step.ts';
import { nameAndTags } from './tag-steps.ts';
import { updateInSteps } from './update-in-steps.ts';
import type { Update } from './write-calls.ts';

export const updateSubnet: Update<'subnet'> = async (deps, target, patch, options) => {
  const { assignsIpv6Address, enableDns64 } = readAttributes(updateAttributes.subnet, patch.cloudAttributes);
  const { assignsPublicAddress } = patch;
  const changes = [
    ...(assignsPublicAddress === undefined ? [] : [{ MapPublicIpOnLaunch: { Value: assignsPublicAddress } }]),
    ...(assignsIpv6Address === undefined
      ? []
      : [{ AssignIpv6AddressOnCreation: { Value: assignsIpv6Address } }]),
    ...(enableDns64 === undefined ? [] : [{ EnableDns64: { Value: enableDns64 } }]),
  ];
  const steps: Step[] = changes.map((change) => ({
    action: 'ModifySubnetAttribute',
    hasNoDryRun: true,
    send: (http) =>
      deps.ec2.send(new ModifySubnetAttributeCommand({ SubnetId: target.cloudId, ...change }), http),
  }));
  const becomes = assignsPublicAddress === undefined ? {} : { assignsPublicAddress };
  return updateInSteps(deps, target, { steps, tags: nameAndTags(patch), becomes }, options);
};
