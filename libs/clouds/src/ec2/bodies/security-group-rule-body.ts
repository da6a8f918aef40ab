// A rule of a security group as a body.
import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { SecurityGroupRuleBody } from '@cloud-gateway/contracts';
import { present, tagsOf, textOrNull } from './fields.ts';

export function securityGroupRuleBody(rule: SecurityGroupRule): SecurityGroupRuleBody {
  const tags = tagsOf(rule.Tags);
  const { ReferencedGroupInfo: peer } = rule;
  return {
    type: 'security-group-rule',
    cloudId: rule.SecurityGroupRuleId ?? '',
    name: textOrNull(tags['Name']),
    state: 'present',
    rawState: null,
    stateReason: null,
    owner: textOrNull(rule.GroupOwnerId),
    visibility: 'private',
    tags,
    createdAt: null,
    securityGroupId: rule.GroupId ?? '',
    direction: rule.IsEgress === true ? 'egress' : 'ingress',
    protocol: protocolOf(rule.IpProtocol),
    fromPort: portOrNull(rule.FromPort),
    toPort: portOrNull(rule.ToPort),
    cidrBlock: textOrNull(rule.CidrIpv4) ?? textOrNull(rule.CidrIpv6),
    peerSecurityGroupId: textOrNull(peer?.GroupId),
    description: textOrNull(rule.Description),
    cloudAttributes: present({
      peerAccountId: peer?.UserId,
      peerNetworkId: peer?.VpcId,
      peeringConnectionId: peer?.VpcPeeringConnectionId,
      peeringStatus: peer?.PeeringStatus,
      prefixListId: rule.PrefixListId,
    }),
  };
}

// EC2 names three protocols and takes the others by IANA's number; it may give either back.
const protocolNames: Readonly<Record<string, string>> = {
  '-1': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

function protocolOf(protocol = '-1'): string {
  return Object.hasOwn(protocolNames, protocol) ? (protocolNames[protocol] ?? protocol) : protocol;
}

// -1 stands for every port, and for every type and code of ICMP.
function portOrNull(port: number | undefined): number | null {
  return port === undefined || port < 0 ? null : port;
}
