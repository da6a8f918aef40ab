// EC2 ModifySecurityGroupRules: puts other contents under the same rule ids. All or nothing; safe to repeat.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { duplicateRule } from '../network/add-rules.ts';
import { findGroup } from '../network/find-group.ts';
import { findRules } from '../network/find-rules.ts';
import { readBlock, readRange } from '../network/ip-permissions.ts';
import { isSameContent, type RulePeer, type SecurityGroupRule } from '../network/security-group-rule.ts';
import { optional, required, structure, structures, type ValuesOf } from '../query/fields.ts';
import { integer, shortText, text } from '../query/scalars.ts';

const port = integer({ min: -1, max: 65_535 });

const updateFields = {
  ruleId: required('SecurityGroupRuleId', text),
  content: structure('SecurityGroupRule', {
    protocol: optional('IpProtocol', text),
    fromPort: optional('FromPort', port),
    toPort: optional('ToPort', port),
    cidrIpv4: optional('CidrIpv4', text),
    cidrIpv6: optional('CidrIpv6', text),
    prefixListId: optional('PrefixListId', text),
    groupId: optional('ReferencedGroupId', text),
    description: optional('Description', shortText(255)),
  }),
};

type Content = NonNullable<ValuesOf<typeof updateFields>['content']>;

export const modifySecurityGroupRules = defineAction({
  service: 'ec2',
  name: 'ModifySecurityGroupRules',
  bucket: 'mutating',
  input: {
    groupId: required('GroupId', text),
    updates: structures('SecurityGroupRule', updateFields),
  },
  handle({ groupId, updates }, call) {
    const group = findGroup({ groupId }, call);
    if (updates.length === 0) {
      throw new AwsError('MissingParameter', 'The request must contain the parameter SecurityGroupRule');
    }
    const changed = updates.flatMap(({ ruleId, content }) =>
      findRules([ruleId], group, call).map((rule) => (content ? change(rule, content, call) : rule)),
    );
    checkDuplicates(changed, call);
    for (const rule of changed) call.state.securityGroupRules.put(rule);
    return { return: true };
  },
});

function change(rule: SecurityGroupRule, content: Content, call: Call): SecurityGroupRule {
  return { ...rule, ...readRange(content), peer: readPeer(content, call), description: content.description };
}

function readPeer({ cidrIpv4, cidrIpv6, prefixListId, groupId }: Content, call: Call): RulePeer {
  const peers: RulePeer[] = [
    ...(cidrIpv4 === undefined ? [] : [readBlock('ipv4', cidrIpv4)]),
    ...(cidrIpv6 === undefined ? [] : [readBlock('ipv6', cidrIpv6)]),
    ...(prefixListId === undefined ? [] : [{ kind: 'prefix-list' as const, value: prefixListId }]),
    ...(groupId === undefined ? [] : [{ kind: 'group' as const, value: findGroup({ groupId }, call).id }]),
  ];
  const [peer] = peers;
  if (peer && peers.length === 1) return peer;
  throw new AwsError(
    peer ? 'InvalidParameterCombination' : 'MissingParameter',
    'A rule has one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId.',
  );
}

function checkDuplicates(changed: readonly SecurityGroupRule[], { state }: Call): void {
  const after = new Map(state.securityGroupRules.all().map((rule) => [rule.id, rule]));
  for (const rule of changed) after.set(rule.id, rule);
  for (const rule of changed) {
    const twin = [...after.values()].find(
      (other) => other.id !== rule.id && other.groupId === rule.groupId && isSameContent(other, rule),
    );
    if (twin) throw duplicateRule(rule);
  }
}
