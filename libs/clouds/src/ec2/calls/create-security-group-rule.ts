// AuthorizeSecurityGroupIngress or -Egress, for one rule. EC2 refuses a second rule that says the same.
import { GatewayError } from '@cloud-gateway/contracts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { securityGroupRuleBody } from '../bodies/security-group-rule-body.ts';
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
} from '../sdk/client-ec2.ts';
import { createOnce } from './create-once.ts';
import { tagSpecification } from './request-tag.ts';
import { ipPermission } from './security-group-permission.ts';
import type { Create } from './write-calls.ts';

export const createSecurityGroupRule: Create<'security-group-rule'> = async (deps, spec, options) => {
  const { peerAccountId } = readAttributes(createAttributes['security-group-rule'], spec.cloudAttributes);
  const input = {
    GroupId: spec.securityGroupId,
    IpPermissions: [ipPermission(spec, peerAccountId)],
    TagSpecifications: tagSpecification('security-group-rule', spec, options.requestId),
  };
  const isIngress = spec.direction === 'ingress';
  return createOnce(
    deps,
    {
      type: 'security-group-rule',
      action: isIngress ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress',
      mayArriveTwice: false,
      duplicateCodes: ['InvalidPermission.Duplicate'],
      refusesSecond: true,
      async send(http, dryRun) {
        const whole = { ...input, ...dryRun };
        const { SecurityGroupRules } = isIngress
          ? await deps.ec2.send(new AuthorizeSecurityGroupIngressCommand(whole), http)
          : await deps.ec2.send(new AuthorizeSecurityGroupEgressCommand(whole), http);
        const rule = SecurityGroupRules?.[0];
        if (rule === undefined) {
          throw new GatewayError('cloud-failed', { message: 'EC2 answered a new rule without the rule' });
        }
        return { resource: securityGroupRuleBody(rule), isComplete: true };
      },
    },
    options,
  );
};
