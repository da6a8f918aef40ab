// A subnet as a body.
import type { Subnet } from '@aws-sdk/client-ec2';
import type { SubnetBody } from '@cloud-gateway/contracts';
import { normalisedState, type OnUnknownState, subnetStates } from '../states.ts';
import { isAssociated } from './cidr-block-state.ts';
import { mainFirst, present, sortedTexts, tagsOf, textOrNull } from './fields.ts';

// AvailableIpAddressCount is left out: it changes with every instance in the subnet.
export function subnetBody(subnet: Subnet, onUnknownState: OnUnknownState): SubnetBody {
  const tags = tagsOf(subnet.Tags);
  return {
    type: 'subnet',
    cloudId: subnet.SubnetId ?? '',
    name: textOrNull(tags['Name']),
    state: normalisedState(subnetStates, subnet.State, (raw) => onUnknownState('subnet', raw)),
    rawState: textOrNull(subnet.State),
    stateReason: null,
    owner: textOrNull(subnet.OwnerId),
    visibility: 'private',
    tags,
    createdAt: null,
    networkId: textOrNull(subnet.VpcId),
    datacenter: textOrNull(subnet.AvailabilityZone),
    cidrBlocks: mainFirst(subnet.CidrBlock, []),
    isDefault: subnet.DefaultForAz ?? null,
    assignsPublicAddress: subnet.MapPublicIpOnLaunch ?? null,
    cloudAttributes: present({
      assignsIpv6Address: subnet.AssignIpv6AddressOnCreation,
      customerOwnedIpv4Pool: subnet.CustomerOwnedIpv4Pool,
      enableDns64: subnet.EnableDns64,
      ipv6CidrBlocks: sortedTexts(
        subnet.Ipv6CidrBlockAssociationSet?.filter((it) => isAssociated(it.Ipv6CidrBlockState)).map(
          (it) => it.Ipv6CidrBlock,
        ),
      ),
      ipv6Native: subnet.Ipv6Native,
      outpostArn: subnet.OutpostArn,
      privateDnsHostnameType: subnet.PrivateDnsNameOptionsOnLaunch?.HostnameType,
    }),
  };
}
