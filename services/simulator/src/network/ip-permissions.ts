// The older shape of rules: one permission is a protocol and range of ports with all its peers. The Authorize and Revoke
// calls take rules so, and DescribeSecurityGroups shows them so.
//   https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
import { isIPv6 } from 'node:net';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { optional, structures, type ValuesOf } from '../query/fields.ts';
import { integer, shortText, text } from '../query/scalars.ts';
import type { XmlObject } from '../xml.ts';
import { parseCidr, writeCidr } from './cidr.ts';
import { findGroup } from './find-group.ts';
import type { RuleContent, RulePeer, SecurityGroupRule } from './security-group-rule.ts';

const port = integer({ min: -1, max: 65_535 });
const description = optional('Description', shortText(255));

/** What the Authorize and Revoke calls take: permissions, or one permission with its parts beside each other. */
export const permissionFields = {
  permissions: structures('IpPermissions', {
    protocol: optional('IpProtocol', text),
    fromPort: optional('FromPort', port),
    toPort: optional('ToPort', port),
    groups: structures('Groups', {
      groupId: optional('GroupId', text),
      groupName: optional('GroupName', text),
      userId: optional('UserId', text),
      description,
    }),
    ipRanges: structures('IpRanges', { cidr: optional('CidrIp', text), description }),
    ipv6Ranges: structures('Ipv6Ranges', { cidr: optional('CidrIpv6', text), description }),
    prefixLists: structures('PrefixListIds', { id: optional('PrefixListId', text), description }),
  }),
  protocol: optional('IpProtocol', text),
  fromPort: optional('FromPort', port),
  toPort: optional('ToPort', port),
  cidr: optional('CidrIp', text),
  sourceGroupName: optional('SourceSecurityGroupName', text),
};

type Permission = ValuesOf<typeof permissionFields>['permissions'][number];

export interface AskedRule extends RuleContent {
  readonly description: string | undefined;
}

/** The rules that a call names, one by one; none when it names none. */
export function readPermissions(
  input: ValuesOf<typeof permissionFields>,
  { isEgress }: { readonly isEgress: boolean },
  call: Pick<Call, 'state'>,
): AskedRule[] {
  const single = singlePermission(input);
  return [...input.permissions, ...(single ? [single] : [])].flatMap((permission) => {
    const range = readRange(permission);
    const peers = readPeers(permission, call);
    if (peers.length === 0) {
      throw new AwsError(
        'MissingParameter',
        'The request must contain an address block, a prefix list or a security group for each permission',
      );
    }
    return peers.map(({ peer, description: text }) => ({ ...range, isEgress, peer, description: text }));
  });
}

/** Permissions of rules; those of the same protocol and ports are one. */
export function writePermissions(
  rules: readonly RuleContent[],
  call: Pick<Call, 'shuffled' | 'accountId'>,
): XmlObject[] {
  const byRange = new Map<string, (RuleContent & { description?: string | undefined })[]>();
  for (const rule of rules) {
    const range = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    byRange.set(range, [...(byRange.get(range) ?? []), rule]);
  }
  return call.shuffled([...byRange.values()]).flatMap((sameRange) => {
    const [first] = sameRange;
    if (!first) return [];
    const peers = (kind: RulePeer['kind'], write: (value: string) => XmlObject) =>
      call
        .shuffled(sameRange.filter(({ peer }) => peer.kind === kind))
        .map((rule) => ({ ...write(rule.peer.value), description: rule.description }));
    const isAll = first.protocol === '-1';
    return [
      {
        ipProtocol: first.protocol,
        fromPort: isAll ? undefined : first.fromPort,
        toPort: isAll ? undefined : first.toPort,
        groups: peers('group', (groupId) => ({ groupId, userId: call.accountId })),
        ipRanges: peers('ipv4', (cidrIp) => ({ cidrIp })),
        ipv6Ranges: peers('ipv6', (cidrIpv6) => ({ cidrIpv6 })),
        prefixListIds: peers('prefix-list', (prefixListId) => ({ prefixListId })),
      },
    ];
  });
}

/** The filters `ip-permission.*` (or `egress.ip-permission.*`) of DescribeSecurityGroups. */
export function permissionFilters<T>(
  prefix: string,
  rulesOf: (item: T) => readonly SecurityGroupRule[],
): Record<string, (item: T) => string[]> {
  const peers = (kind: RulePeer['kind']) => (item: T) =>
    rulesOf(item).flatMap(({ peer }) => (peer.kind === kind ? [peer.value] : []));
  return {
    [`${prefix}.cidr`]: peers('ipv4'),
    [`${prefix}.ipv6-cidr`]: peers('ipv6'),
    [`${prefix}.prefix-list-id`]: peers('prefix-list'),
    [`${prefix}.group-id`]: peers('group'),
    [`${prefix}.protocol`]: (item) => rulesOf(item).map(({ protocol }) => protocol),
    [`${prefix}.from-port`]: (item) => rulesOf(item).map(({ fromPort }) => String(fromPort)),
    [`${prefix}.to-port`]: (item) => rulesOf(item).map(({ toPort }) => String(toPort)),
  };
}

interface AskedRange {
  readonly protocol?: string | undefined;
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
}

const protocolNames: Readonly<Record<string, string>> = {
  all: '-1',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

/** Protocol and ports as EC2 keeps them. */
export function readRange({ protocol: asked = '', fromPort, toPort }: AskedRange) {
  const lower = asked.toLowerCase();
  const protocol = protocolNames[lower] ?? lower;
  if (protocol === 'tcp' || protocol === 'udp') {
    if (fromPort === undefined || toPort === undefined) {
      throw wrongRange('Must specify both from and to ports with TCP/UDP.');
    }
    if (fromPort < 0 || toPort < fromPort) {
      throw wrongRange(`The ports ${fromPort} to ${toPort} are not a range.`);
    }
    return { protocol, fromPort, toPort };
  }
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    return { protocol, fromPort: fromPort ?? -1, toPort: toPort ?? -1 };
  }
  if (protocol === '-1' || (/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255)) {
    return { protocol, fromPort: -1, toPort: -1 };
  }
  throw new AwsError(
    'InvalidParameterValue',
    `Invalid value '${asked.slice(0, 100)}' for IP protocol. Unknown protocol.`,
  );
}

/** Throws InvalidParameterValue for what is no block of IPv4 or IPv6. */
export function readBlock(kind: 'ipv4' | 'ipv6', block: string): RulePeer {
  const value = kind === 'ipv4' ? canonicalIpv4(block) : canonicalIpv6(block);
  if (value !== undefined) return { kind, value };
  throw new AwsError('InvalidParameterValue', `CIDR block ${block.slice(0, 100)} is malformed`);
}

function readPeers({ groups, ipRanges, ipv6Ranges, prefixLists }: Permission, call: Pick<Call, 'state'>) {
  const peer = (found: RulePeer, text: string | undefined) => ({ peer: found, description: text });
  return [
    ...groups.map((each) => peer({ kind: 'group', value: findGroup(each, call).id }, each.description)),
    ...ipRanges.map((each) => peer(readBlock('ipv4', each.cidr ?? ''), each.description)),
    ...ipv6Ranges.map((each) => peer(readBlock('ipv6', each.cidr ?? ''), each.description)),
    ...prefixLists.map((each) => peer({ kind: 'prefix-list', value: each.id ?? '' }, each.description)),
  ];
}

/** `IpProtocol`, `CidrIp` and so on, outside of `IpPermissions`. */
function singlePermission({
  protocol,
  fromPort,
  toPort,
  cidr,
  sourceGroupName,
}: ValuesOf<typeof permissionFields>): Permission | undefined {
  if (protocol === undefined && cidr === undefined && sourceGroupName === undefined) return undefined;
  const none = { description: undefined };
  return {
    protocol: protocol ?? '-1',
    fromPort,
    toPort,
    groups:
      sourceGroupName === undefined
        ? []
        : [{ ...none, groupId: undefined, groupName: sourceGroupName, userId: undefined }],
    ipRanges: cidr === undefined ? [] : [{ ...none, cidr }],
    ipv6Ranges: [],
    prefixLists: [],
  };
}

function canonicalIpv4(block: string): string | undefined {
  const cidr = parseCidr(block);
  return cidr && writeCidr(cidr);
}

function canonicalIpv6(block: string): string | undefined {
  const [address = '', length = '', ...rest] = block.split('/');
  const isBlock = rest.length === 0 && isIPv6(address) && /^\d{1,3}$/.test(length) && Number(length) <= 128;
  return isBlock ? block.toLowerCase() : undefined;
}

function wrongRange(problem: string): AwsError {
  return new AwsError('InvalidParameterValue', `Invalid value '${problem}' for portRange.`);
}
