// An Elastic IP address as a body. EC2 gives it no state: it is in use when it is associated with something.
import type { Address } from '@aws-sdk/client-ec2';
import type { IpAddressBody } from '@cloud-gateway/contracts';
import { present, tagsOf, textOrNull } from './fields.ts';

export function ipAddressBody(address: Address): IpAddressBody {
  const tags = tagsOf(address.Tags);
  return {
    type: 'ip-address',
    cloudId: ipAddressId(address),
    name: textOrNull(tags['Name']),
    state: isBound(address) ? 'in_use' : 'available',
    rawState: null,
    stateReason: null,
    owner: null,
    visibility: 'private',
    tags,
    createdAt: null,
    address: publicAddressOf(address),
    instanceId: textOrNull(address.InstanceId),
    privateAddress: textOrNull(address.PrivateIpAddress),
    cloudAttributes: present({
      associationId: address.AssociationId,
      carrierIp: address.CarrierIp,
      customerOwnedIp: address.CustomerOwnedIp,
      customerOwnedIpv4Pool: address.CustomerOwnedIpv4Pool,
      domain: address.Domain,
      networkBorderGroup: address.NetworkBorderGroup,
      networkInterfaceId: address.NetworkInterfaceId,
      networkInterfaceOwner: address.NetworkInterfaceOwnerId,
      publicIpv4Pool: address.PublicIpv4Pool,
      serviceManaged: address.ServiceManaged,
    }),
  };
}

export function ipAddressId({ AllocationId, PublicIp }: Address): string {
  return AllocationId ?? PublicIp ?? '';
}

export function publicAddressOf({ PublicIp, CarrierIp, CustomerOwnedIp }: Address): string {
  return PublicIp ?? CarrierIp ?? CustomerOwnedIp ?? '';
}

export function isBound({ AssociationId, InstanceId, NetworkInterfaceId }: Address): boolean {
  return [AssociationId, InstanceId, NetworkInterfaceId].some((id) => id !== undefined && id !== '');
}
