// What one account has of networks in one region, key pairs and placement groups included. From the start there is a
// default VPC with a subnet per zone and the groups `default` and `web`; their ids are the same after a restart.
import type { Instance } from '../compute/instance.ts';
import { createResourceTable, type ResourceTable, type TableTimes } from '../compute/resource-table.ts';
import { stableId, zonesOf } from '../compute/zones.ts';
import { type Address, settleAddress } from './address.ts';
import type { KeyPair } from './key-pair.ts';
import type { PlacementGroup } from './placement-group.ts';
import { defaultGroup, everythingFrom, everythingOut, putGroup } from './put-group.ts';
import type { SecurityGroup } from './security-group.ts';
import { anyone, type RuleContent, type SecurityGroupRule } from './security-group-rule.ts';
import { type Subnet, usualSubnet } from './subnet.ts';
import { settleVpc, type Vpc } from './vpc.ts';

export interface NetworkTables {
  readonly vpcs: ResourceTable<Vpc>;
  readonly subnets: ResourceTable<Subnet>;
  readonly securityGroups: ResourceTable<SecurityGroup>;
  readonly securityGroupRules: ResourceTable<SecurityGroupRule>;
  readonly keyPairs: ResourceTable<KeyPair>;
  readonly addresses: ResourceTable<Address>;
  readonly placementGroups: ResourceTable<PlacementGroup>;
}

interface NetworkTablesOptions {
  readonly accountId: string;
  readonly region: string;
  readonly times: TableTimes;
  readonly instance: (id: string) => Instance | undefined;
}

export function createNetworkTables({
  accountId,
  region,
  times,
  instance,
}: NetworkTablesOptions): NetworkTables {
  const tables: NetworkTables = {
    vpcs: createResourceTable({ ...times, settle: settleVpc }),
    subnets: createResourceTable(times),
    securityGroups: createResourceTable(times),
    securityGroupRules: createResourceTable(times),
    keyPairs: createResourceTable(times),
    addresses: createResourceTable({ ...times, settle: (address) => settleAddress(address, instance) }),
    placementGroups: createResourceTable(times),
  };
  putDefaultNetwork(tables, accountId, region);
  return tables;
}

const web = [80, 443].map((port) => ({
  isEgress: false,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  peer: anyone,
}));

function putDefaultNetwork(tables: NetworkTables, accountId: string, region: string): void {
  const id = (prefix: string, name: string) => stableId(prefix, `${accountId}/${region}/${name}`);
  const vpcId = id('vpc', 'default');
  const always = { ownerId: accountId, region, vpcId, createdAtMs: 0, tags: new Map() };
  tables.vpcs.put({
    ...always,
    id: vpcId,
    cidrBlock: '172.31.0.0/16',
    associationId: id('vpc-cidr-assoc', 'default'),
    dhcpOptionsId: id('dopt', 'default'),
    isDefault: true,
    tenancy: 'default',
    dnsSupport: true,
    dnsHostnames: true,
    usageMetrics: false,
    state: 'available',
    dueAtMs: undefined,
  });
  for (const [i, zone] of zonesOf(region).entries()) {
    tables.subnets.put({
      ...usualSubnet,
      ...always,
      id: id('subnet', zone.name),
      zone: zone.name,
      zoneId: zone.id,
      cidrBlock: `172.31.${i * 16}.0/20`,
      isDefaultForZone: true,
      mapPublicIpOnLaunch: true,
    });
  }
  const putSeedGroup = (group: SecurityGroup, ingress: readonly RuleContent[]) =>
    putGroup(group, {
      tables,
      contents: [everythingOut, ...ingress],
      newRuleId: (i) => stableId('sgr', `${group.id}/${i}`),
    });
  const defaultId = id('sg', 'default');
  putSeedGroup({ ...always, ...defaultGroup, id: defaultId }, [everythingFrom(defaultId)]);
  putSeedGroup({ ...always, id: id('sg', 'web'), name: 'web', description: 'Web servers' }, web);
}
