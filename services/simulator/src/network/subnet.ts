// A piece of a virtual network, in one zone.
import { tagSetOf } from '../compute/tags.ts';
import type { FilterTable, Tags } from '../listing/filters.ts';
import type { XmlObject } from '../xml.ts';
import { parseCidr, sizeOf } from './cidr.ts';

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly ownerId: string;
  readonly region: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly cidrBlock: string;
  readonly isDefaultForZone: boolean;
  /** Instances get a public address. */
  readonly mapPublicIpOnLaunch: boolean;
  readonly assignIpv6OnCreation: boolean;
  readonly dns64: boolean;
  readonly hostnameType: 'ip-name' | 'resource-name';
  readonly resourceNameDnsA: boolean;
  readonly resourceNameDnsAaaa: boolean;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

/** What a subnet has unless it is said otherwise. */
export const usualSubnet = {
  isDefaultForZone: false,
  mapPublicIpOnLaunch: false,
  assignIpv6OnCreation: false,
  dns64: false,
  hostnameType: 'ip-name',
  resourceNameDnsA: false,
  resourceNameDnsAaaa: false,
} as const;

/** The first four addresses and the last one are EC2's. */
export const reservedAddresses = { atStart: 4, all: 5 };

/** How many instances fit in. */
export function roomOf({ cidrBlock }: Subnet): number {
  const cidr = parseCidr(cidrBlock);
  return cidr ? sizeOf(cidr) - reservedAddresses.all : 0;
}

function subnetArn({ ownerId, region, id }: Subnet): string {
  return `arn:aws:ec2:${region}:${ownerId}:subnet/${id}`;
}

/** `used` says how many addresses are taken. */
export function subnetFilters(used: (subnet: Subnet) => number): FilterTable<Subnet> {
  const zone = ({ zone: name }: Subnet) => [name];
  const zoneId = ({ zoneId: id }: Subnet) => [id];
  const cidr = ({ cidrBlock }: Subnet) => [cidrBlock];
  const isDefault = ({ isDefaultForZone }: Subnet) => [String(isDefaultForZone)];
  return {
    'availability-zone': zone,
    availabilityZone: zone,
    'availability-zone-id': zoneId,
    availabilityZoneId: zoneId,
    'available-ip-address-count': (subnet) => [String(freeAddresses(subnet, used))],
    cidr,
    cidrBlock: cidr,
    'cidr-block': cidr,
    'default-for-az': isDefault,
    defaultForAz: isDefault,
    'enable-dns64': ({ dns64 }) => [String(dns64)],
    'ipv6-native': () => ['false'],
    'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => [String(mapPublicIpOnLaunch)],
    'owner-id': ({ ownerId }) => [ownerId],
    state: () => ['available'],
    'subnet-arn': (subnet) => [subnetArn(subnet)],
    'subnet-id': ({ id }) => [id],
    'vpc-id': ({ vpcId }) => [vpcId],
  };
}

export function writeSubnet(
  subnet: Subnet,
  used: (subnet: Subnet) => number,
  call: Parameters<typeof tagSetOf>[1],
): XmlObject {
  return {
    subnetId: subnet.id,
    subnetArn: subnetArn(subnet),
    state: 'available',
    ownerId: subnet.ownerId,
    vpcId: subnet.vpcId,
    cidrBlock: subnet.cidrBlock,
    ipv6CidrBlockAssociationSet: [],
    availableIpAddressCount: freeAddresses(subnet, used),
    availabilityZone: subnet.zone,
    availabilityZoneId: subnet.zoneId,
    defaultForAz: subnet.isDefaultForZone,
    mapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    mapCustomerOwnedIpOnLaunch: false,
    assignIpv6AddressOnCreation: subnet.assignIpv6OnCreation,
    enableDns64: subnet.dns64,
    ipv6Native: false,
    privateDnsNameOptionsOnLaunch: {
      hostnameType: subnet.hostnameType,
      enableResourceNameDnsARecord: subnet.resourceNameDnsA,
      enableResourceNameDnsAAAARecord: subnet.resourceNameDnsAaaa,
    },
    tagSet: tagSetOf(subnet.tags, call),
  };
}

function freeAddresses(subnet: Subnet, used: (subnet: Subnet) => number): number {
  return Math.max(0, roomOf(subnet) - used(subnet));
}
