// RevokeSecurityGroupIngress or -Egress, by the id of the rule.
import type { SecurityGroupRuleBody } from '@cloud-gateway/contracts';
import { RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand } from '../sdk/client-ec2.ts';
import { destroyOnce } from './destroy-once.ts';
import { noChange } from './looked-at.ts';
import type { Destroy } from './write-calls.ts';

export const destroySecurityGroupRule: Destroy = async (deps, { cloudId, known }, options) => {
  const { securityGroupId, direction } = known as SecurityGroupRuleBody;
  const input = { GroupId: securityGroupId, SecurityGroupRuleIds: [cloudId] };
  const isIngress = direction === 'ingress';
  const { was } = await destroyOnce(
    deps,
    {
      action: isIngress ? 'RevokeSecurityGroupIngress' : 'RevokeSecurityGroupEgress',
      send: async (http, dryRun) =>
        isIngress
          ? deps.ec2.send(new RevokeSecurityGroupIngressCommand({ ...input, ...dryRun }), http)
          : deps.ec2.send(new RevokeSecurityGroupEgressCommand({ ...input, ...dryRun }), http),
    },
    options,
  );
  if (was === 'dry-run') return noChange;
  return { resource: null, alsoSeen: [], gone: [{ type: 'security-group-rule', cloudId }] };
};
