// ModifySecurityGroupRules, which wants the whole rule, and tags.
import { GatewayError, type SecurityGroupRuleBody, type UpdateOf } from '@cloud-gateway/contracts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { updateAttributes } from '../attributes/update-attributes.ts';
import { ModifySecurityGroupRulesCommand } from '../sdk/client-ec2.ts';
import { securityGroupRuleRequest } from './security-group-permission.ts';
import type { Step } from './step.ts';
import { nameAndTags } from './tag-steps.ts';
import { updateInSteps } from './update-in-steps.ts';
import type { Update } from './write-calls.ts';

type Patch = UpdateOf<'security-group-rule'>;

export const updateSecurityGroupRule: Update<'security-group-rule'> = async (
  deps,
  target,
  patch,
  options,
) => {
  readAttributes(updateAttributes['security-group-rule'], patch.cloudAttributes);
  const tags = nameAndTags(patch);
  const change = changeOf(patch);
  if (Object.keys(change).length === 0) {
    return updateInSteps(deps, target, { steps: [], tags, becomes: {} }, options);
  }
  const known = target.known as SecurityGroupRuleBody;
  const rule = { ...fieldsOf(known), ...change };
  const input = {
    GroupId: known.securityGroupId,
    SecurityGroupRules: [
      { SecurityGroupRuleId: target.cloudId, SecurityGroupRule: securityGroupRuleRequest(rule) },
    ],
  };
  const modify: Step = {
    action: 'ModifySecurityGroupRules',
    send: (http, dryRun) => deps.ec2.send(new ModifySecurityGroupRulesCommand({ ...input, ...dryRun }), http),
  };
  return updateInSteps(deps, target, { steps: [modify], tags, becomes: change }, options);
};

function fieldsOf({
  protocol,
  fromPort,
  toPort,
  cidrBlock,
  peerSecurityGroupId,
  description,
}: SecurityGroupRuleBody) {
  return { protocol, fromPort, toPort, cidrBlock, peerSecurityGroupId, description };
}

/** What changes, as the body will say it. A rule has either a block or a peer: a new one takes the place of the other. */
function changeOf({ protocol, fromPort, toPort, cidrBlock, peerSecurityGroupId, description }: Patch) {
  if (cidrBlock !== undefined && peerSecurityGroupId !== undefined) {
    throw new GatewayError('validation-failed', {
      message: 'a rule is for a block of addresses or for a security group',
      issues: [{ path: 'body.cidrBlock', message: 'cannot come with peerSecurityGroupId' }],
    });
  }
  return {
    ...(protocol !== undefined && { protocol }),
    ...(fromPort !== undefined && { fromPort: portOrNull(fromPort) }),
    ...(toPort !== undefined && { toPort: portOrNull(toPort) }),
    ...(cidrBlock !== undefined && { cidrBlock, peerSecurityGroupId: null }),
    ...(peerSecurityGroupId !== undefined && { peerSecurityGroupId, cidrBlock: null }),
    ...(description !== undefined && { description: description === '' ? null : description }),
  };
}

function portOrNull(port: number): number | null {
  return port < 0 ? null : port;
}
