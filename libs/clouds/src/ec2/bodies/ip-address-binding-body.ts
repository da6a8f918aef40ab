// What an Elastic IP address is associated with, as a body. EC2's own id of an association is another one after each
// change, so ours is made of what is bound to what.
import type { Address } from '@aws-sdk/client-ec2';
import type { IpAddressBindingBody } from '@cloud-gateway/contracts';
import { present, textOrNull } from './fields.ts';
import { ipAddressId, isBound, publicAddressOf } from './ip-address-body.ts';

/** Null for an address that is bound to nothing. */
export function ipAddressBindingBody(address: Address): IpAddressBindingBody | null {
  if (!isBound(address)) return null;
  const ipAddressCloudId = ipAddressId(address);
  const instanceId = textOrNull(address.InstanceId);
  return {
    type: 'ip-address-binding',
    cloudId: ipAddressBindingId(ipAddressCloudId, instanceId ?? address.NetworkInterfaceId ?? ''),
    name: null,
    state: 'present',
    rawState: null,
    stateReason: null,
    owner: null,
    visibility: 'private',
    tags: {},
    createdAt: null,
    ipAddressId: ipAddressCloudId,
    address: publicAddressOf(address),
    instanceId,
    privateAddress: textOrNull(address.PrivateIpAddress),
    cloudAttributes: present({
      associationId: address.AssociationId,
      networkInterfaceId: address.NetworkInterfaceId,
      networkInterfaceOwner: address.NetworkInterfaceOwnerId,
    }),
  };
}

/** `<allocation>:<instance>`, or the network interface where no instance is bound. */
function ipAddressBindingId(ipAddressCloudId: string, boundTo: string): string {
  return `${ipAddressCloudId}:${boundTo}`;
}
