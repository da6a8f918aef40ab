// A rule as EC2 wants it.
import type { IpPermission, SecurityGroupRuleRequest } from '@aws-sdk/client-ec2';

export interface RuleFields {
  readonly protocol: string;
  readonly fromPort?: number | null | undefined;
  readonly toPort?: number | null | undefined;
  readonly cidrBlock?: string | null | undefined;
  readonly peerSecurityGroupId?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** As the calls take it that make a rule. */
export function ipPermission(rule: RuleFields, peerAccountId: string | undefined): IpPermission {
  const { cidrBlock, peerSecurityGroupId } = rule;
  const Description = rule.description ?? undefined;
  return {
    ...protocolAndPorts(rule),
    ...(cidrBlock != null &&
      (isIpv6(cidrBlock)
        ? { Ipv6Ranges: [{ CidrIpv6: cidrBlock, Description }] }
        : { IpRanges: [{ CidrIp: cidrBlock, Description }] })),
    ...(peerSecurityGroupId != null && {
      UserIdGroupPairs: [{ GroupId: peerSecurityGroupId, UserId: peerAccountId, Description }],
    }),
  };
}

/** As the call takes it that changes a rule: all of it, changed or not. */
export function securityGroupRuleRequest(rule: RuleFields): SecurityGroupRuleRequest {
  const { cidrBlock, peerSecurityGroupId } = rule;
  return {
    ...protocolAndPorts(rule),
    ...(cidrBlock != null && (isIpv6(cidrBlock) ? { CidrIpv6: cidrBlock } : { CidrIpv4: cidrBlock })),
    ...(peerSecurityGroupId != null && { ReferencedGroupId: peerSecurityGroupId }),
    Description: rule.description ?? undefined,
  };
}

// EC2 wants ports with these protocols; -1 stands for all of them.
const protocolsWithPorts: ReadonlySet<string> = new Set(['tcp', 'udp', '6', '17']);
const protocolsWithTypes: ReadonlySet<string> = new Set(['icmp', 'icmpv6', '1', '58']);

function protocolAndPorts({ protocol, fromPort, toPort }: RuleFields) {
  const IpProtocol = protocol === 'all' ? '-1' : protocol;
  if (protocolsWithPorts.has(protocol)) {
    return { IpProtocol, FromPort: fromPort ?? 0, ToPort: toPort ?? 65_535 };
  }
  if (protocolsWithTypes.has(protocol)) {
    return { IpProtocol, FromPort: fromPort ?? -1, ToPort: toPort ?? -1 };
  }
  return { IpProtocol, FromPort: fromPort ?? undefined, ToPort: toPort ?? undefined };
}

function isIpv6(cidrBlock: string): boolean {
  return cidrBlock.includes(':');
}
