// Adds rules to a security group: all of them, or none when one is there already.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Tags } from '../listing/filters.ts';
import { newResourceId } from '../random-source.ts';
import type { AskedRule } from './ip-permissions.ts';
import type { SecurityGroup } from './security-group.ts';
import { isSameContent, type RuleContent, type SecurityGroupRule } from './security-group-rule.ts';

/** EC2's usual limit, in and out each. */
const rulesPerGroupMax = 60;

interface Addition {
  readonly group: SecurityGroup;
  readonly asked: readonly AskedRule[];
  readonly tags: Tags;
}

export function addRules(
  { group, asked, tags }: Addition,
  { state, random, nowMs }: Pick<Call, 'state' | 'random' | 'nowMs'>,
): SecurityGroupRule[] {
  if (asked.length === 0) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter ipPermissions');
  }
  const present = state.securityGroupRules.all().filter(({ groupId }) => groupId === group.id);
  for (const [i, rule] of asked.entries()) {
    const twin = [...present, ...asked.slice(0, i)].find((other) => isSameContent(other, rule));
    if (twin) throw duplicateRule(rule);
  }
  const inDirection = present.filter(({ isEgress }) => isEgress === asked[0]?.isEgress);
  if (inDirection.length + asked.length > rulesPerGroupMax) {
    throw new AwsError(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }
  const rules = asked.map(
    (rule): SecurityGroupRule => ({
      ...rule,
      id: newResourceId(random, 'sgr'),
      groupId: group.id,
      groupVpcId: group.vpcId,
      ownerId: group.ownerId,
      region: group.region,
      createdAtMs: nowMs,
      tags,
    }),
  );
  for (const rule of rules) state.securityGroupRules.put(rule);
  return rules;
}

export function duplicateRule({ peer, protocol, fromPort, toPort }: RuleContent): AwsError {
  const what =
    protocol === '-1' ? 'ALL' : `${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}`;
  return new AwsError(
    'InvalidPermission.Duplicate',
    `the specified rule "peer: ${peer.value}, ${what}, ALLOW" already exists`,
  );
}
