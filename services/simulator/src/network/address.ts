// An elastic address, and what it is associated with.
import type { Instance } from '../compute/instance.ts';
import { tagSetOf } from '../compute/tags.ts';
import type { FilterTable, Tags } from '../listing/filters.ts';
import type { XmlObject } from '../xml.ts';

export interface Address {
  /** The allocation id. */
  readonly id: string;
  readonly ownerId: string;
  readonly region: string;
  readonly publicIp: string;
  readonly association: AddressAssociation | undefined;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

interface AddressAssociation {
  readonly id: string;
  readonly instanceId: string;
  readonly networkInterfaceId: string;
  readonly subnetId: string;
  readonly privateIp: string;
}

/** An association ends with its instance. */
export function settleAddress(address: Address, instanceOf: (id: string) => Instance | undefined): Address {
  if (!address.association) return address;
  const instance = instanceOf(address.association.instanceId);
  return instance && instance.state !== 'terminated' ? address : { ...address, association: undefined };
}

export const addressFilters: FilterTable<Address> = {
  'allocation-id': ({ id }) => [id],
  'association-id': ({ association }) => [association?.id],
  domain: () => ['vpc'],
  'instance-id': ({ association }) => [association?.instanceId],
  'network-border-group': ({ region }) => [region],
  'network-interface-id': ({ association }) => [association?.networkInterfaceId],
  'network-interface-owner-id': ({ association, ownerId }) => [association && ownerId],
  'private-ip-address': ({ association }) => [association?.privateIp],
  'public-ip': ({ publicIp }) => [publicIp],
};

export function writeAddress(address: Address, call: Parameters<typeof tagSetOf>[1]): XmlObject {
  const { association } = address;
  return {
    publicIp: address.publicIp,
    allocationId: address.id,
    domain: 'vpc',
    publicIpv4Pool: 'amazon',
    networkBorderGroup: address.region,
    ...(association && {
      associationId: association.id,
      instanceId: association.instanceId,
      networkInterfaceId: association.networkInterfaceId,
      networkInterfaceOwnerId: address.ownerId,
      privateIpAddress: association.privateIp,
      subnetId: association.subnetId,
    }),
    tagSet: tagSetOf(address.tags, call),
  };
}
