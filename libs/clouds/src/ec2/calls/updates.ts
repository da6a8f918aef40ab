// Every update of EC2, by type. Those that EC2 can only tag are here; the others have a file each.
import { GatewayError, resourceTypes, type UpdatableType, type UpdateOf } from '@cloud-gateway/contracts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { updateAttributes } from '../attributes/update-attributes.ts';
import { nameAndTags, tagsAlone } from './tag-steps.ts';
import { updateImage } from './update-image.ts';
import { updateInSteps } from './update-in-steps.ts';
import { updateInstance } from './update-instance.ts';
import { updateNetwork } from './update-network.ts';
import { updateSecurityGroupRule } from './update-security-group-rule.ts';
import { updateSubnet } from './update-subnet.ts';
import { updateVolume } from './update-volume.ts';
import type { Update } from './write-calls.ts';

export const updates: { readonly [T in UpdatableType]: Update<T> } = {
  image: updateImage,
  instance: updateInstance,
  network: updateNetwork,
  subnet: updateSubnet,
  'security-group': updateSecurityGroup,
  'security-group-rule': updateSecurityGroupRule,
  'ssh-key': tagsOf('ssh-key'),
  'ip-address': tagsOf('ip-address'),
  volume: updateVolume,
  'volume-snapshot': tagsOf('volume-snapshot'),
  'placement-group': tagsOf('placement-group'),
};

type OnlyTagged = 'ssh-key' | 'ip-address' | 'volume-snapshot' | 'placement-group' | 'security-group';

const withFixedName: ReadonlySet<UpdatableType> = new Set(['ssh-key', 'placement-group', 'security-group']);

function tagsOf<T extends OnlyTagged>(type: T): Update<T> {
  return async (deps, target, patch, options) => {
    readAttributes(updateAttributes[type], patch.cloudAttributes);
    const tags = withFixedName.has(type) ? tagsAlone(patch, resourceTypes[type].one) : nameAndTags(patch);
    return updateInSteps(deps, target, { steps: [], tags, becomes: {} }, options);
  };
}

async function updateSecurityGroup(
  ...[deps, target, patch, options]: Parameters<Update<'security-group'>>
): ReturnType<Update<'security-group'>> {
  refuseDescription(patch);
  return tagsOf('security-group')(deps, target, patch, options);
}

function refuseDescription({ description }: UpdateOf<'security-group'>): void {
  if (description === undefined) return;
  throw new GatewayError('not-supported', {
    message:
      'EC2 cannot change the description of a security group: it is fixed when the group is made. Leave description out',
  });
}
