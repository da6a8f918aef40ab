// A virtual network. Routes, gateways and DHCP options are not simulated, but for the id of the latter.
import { tagSetOf } from '../compute/tags.ts';
import type { FilterTable, Tags } from '../listing/filters.ts';
import type { XmlObject } from '../xml.ts';

export interface Vpc {
  readonly id: string;
  readonly ownerId: string;
  readonly cidrBlock: string;
  /** Of the block. */
  readonly associationId: string;
  readonly dhcpOptionsId: string;
  readonly isDefault: boolean;
  readonly tenancy: 'default' | 'dedicated';
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly usageMetrics: boolean;
  readonly state: 'pending' | 'available';
  /** When a pending one becomes available. */
  readonly dueAtMs: number | undefined;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export function settleVpc(vpc: Vpc, nowMs: number): Vpc {
  if (vpc.dueAtMs === undefined || vpc.dueAtMs > nowMs) return vpc;
  return { ...vpc, state: 'available', dueAtMs: undefined };
}

export const vpcFilters: FilterTable<Vpc> = {
  cidr: ({ cidrBlock }) => [cidrBlock],
  'cidr-block-association.association-id': ({ associationId }) => [associationId],
  'cidr-block-association.cidr-block': ({ cidrBlock }) => [cidrBlock],
  'cidr-block-association.state': () => ['associated'],
  'dhcp-options-id': ({ dhcpOptionsId }) => [dhcpOptionsId],
  'is-default': ({ isDefault }) => [String(isDefault)],
  'owner-id': ({ ownerId }) => [ownerId],
  state: ({ state }) => [state],
  'vpc-id': ({ id }) => [id],
};

export function writeVpc(vpc: Vpc, call: Parameters<typeof tagSetOf>[1]): XmlObject {
  return {
    vpcId: vpc.id,
    ownerId: vpc.ownerId,
    state: vpc.state,
    cidrBlock: vpc.cidrBlock,
    cidrBlockAssociationSet: [
      {
        associationId: vpc.associationId,
        cidrBlock: vpc.cidrBlock,
        cidrBlockState: { state: 'associated' },
      },
    ],
    dhcpOptionsId: vpc.dhcpOptionsId,
    instanceTenancy: vpc.tenancy,
    isDefault: vpc.isDefault,
    tagSet: tagSetOf(vpc.tags, call),
  };
}
