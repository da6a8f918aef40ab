// A VPC as a body.
import type { Vpc } from '@aws-sdk/client-ec2';
import type { NetworkBody } from '@cloud-gateway/contracts';
import { networkStates, normalisedState, type OnUnknownState } from '../states.ts';
import { isAssociated } from './cidr-block-state.ts';
import { mainFirst, present, sortedTexts, tagsOf, textOrNull } from './fields.ts';

export function networkBody(vpc: Vpc, onUnknownState: OnUnknownState): NetworkBody {
  const tags = tagsOf(vpc.Tags);
  return {
    type: 'network',
    cloudId: vpc.VpcId ?? '',
    name: textOrNull(tags['Name']),
    state: normalisedState(networkStates, vpc.State, (raw) => onUnknownState('network', raw)),
    rawState: textOrNull(vpc.State),
    stateReason: null,
    owner: textOrNull(vpc.OwnerId),
    visibility: 'private',
    tags,
    createdAt: null,
    cidrBlocks: mainFirst(
      vpc.CidrBlock,
      vpc.CidrBlockAssociationSet?.filter((it) => isAssociated(it.CidrBlockState)).map((it) => it.CidrBlock),
    ),
    isDefault: vpc.IsDefault ?? null,
    cloudAttributes: present({
      dhcpOptionsId: vpc.DhcpOptionsId,
      instanceTenancy: vpc.InstanceTenancy,
      ipv6CidrBlocks: sortedTexts(
        vpc.Ipv6CidrBlockAssociationSet?.filter((it) => isAssociated(it.Ipv6CidrBlockState)).map(
          (it) => it.Ipv6CidrBlock,
        ),
      ),
    }),
  };
}
