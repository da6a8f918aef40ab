// A rule of a security group: one protocol and range of ports, from or to one peer.
import { tagSetOf } from '../compute/tags.ts';
import type { Tags } from '../listing/filters.ts';
import type { XmlObject } from '../xml.ts';

/** What a rule is about: two rules of a group that agree in it are the same. */
export interface RuleContent {
  readonly isEgress: boolean;
  /** A name (`tcp`, `udp`, `icmp`, `icmpv6`), a number, or `-1` for all. */
  readonly protocol: string;
  /** For ICMP the type; -1 for all. */
  readonly fromPort: number;
  /** For ICMP the code; -1 for all. */
  readonly toPort: number;
  readonly peer: RulePeer;
}

export interface RulePeer {
  readonly kind: 'ipv4' | 'ipv6' | 'prefix-list' | 'group';
  /** An address block, or the id of the list or group. */
  readonly value: string;
}

export interface SecurityGroupRule extends RuleContent {
  readonly id: string;
  readonly groupId: string;
  readonly groupVpcId: string;
  readonly ownerId: string;
  readonly region: string;
  readonly description: string | undefined;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export const anyone: RulePeer = { kind: 'ipv4', value: '0.0.0.0/0' };

export function isSameContent(a: RuleContent, b: RuleContent): boolean {
  return (
    a.isEgress === b.isEgress &&
    a.protocol === b.protocol &&
    a.fromPort === b.fromPort &&
    a.toPort === b.toPort &&
    a.peer.kind === b.peer.kind &&
    a.peer.value === b.peer.value
  );
}

/** The rule as DescribeSecurityGroupRules and the Authorize calls show it. */
export function writeRule(rule: SecurityGroupRule, call: Parameters<typeof tagSetOf>[1]): XmlObject {
  return {
    ...writeContent(rule),
    groupOwnerId: rule.ownerId,
    referencedGroupInfo:
      rule.peer.kind === 'group'
        ? { groupId: rule.peer.value, userId: rule.ownerId, vpcId: rule.groupVpcId }
        : undefined,
    securityGroupRuleArn: `arn:aws:ec2:${rule.region}:${rule.ownerId}:security-group-rule/${rule.id}`,
    tagSet: tagSetOf(rule.tags, call),
  };
}

/** The rule as the Revoke calls show it. */
export function writeRevokedRule(rule: SecurityGroupRule): XmlObject {
  return {
    ...writeContent(rule),
    referencedGroupId: rule.peer.kind === 'group' ? rule.peer.value : undefined,
  };
}

function writeContent({
  id,
  groupId,
  isEgress,
  protocol,
  fromPort,
  toPort,
  peer,
  description,
}: SecurityGroupRule) {
  return {
    securityGroupRuleId: id,
    groupId,
    isEgress,
    ipProtocol: protocol,
    fromPort,
    toPort,
    cidrIpv4: peer.kind === 'ipv4' ? peer.value : undefined,
    cidrIpv6: peer.kind === 'ipv6' ? peer.value : undefined,
    prefixListId: peer.kind === 'prefix-list' ? peer.value : undefined,
    description,
  };
}
