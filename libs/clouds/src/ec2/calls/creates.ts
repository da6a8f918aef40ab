// Every create of EC2, by type.
import type { CreatableType } from '@cloud-gateway/contracts';
import { createImage } from './create-image.ts';
import { createInstance } from './create-instance.ts';
import { createIpAddress } from './create-ip-address.ts';
import { createIpAddressBinding } from './create-ip-address-binding.ts';
import { createNetwork } from './create-network.ts';
import { createPlacementGroup } from './create-placement-group.ts';
import { createSecurityGroup } from './create-security-group.ts';
import { createSecurityGroupRule } from './create-security-group-rule.ts';
import { createSshKey } from './create-ssh-key.ts';
import { createSubnet } from './create-subnet.ts';
import { createVolume } from './create-volume.ts';
import { createVolumeAttachment } from './create-volume-attachment.ts';
import { createVolumeSnapshot } from './create-volume-snapshot.ts';
import type { Create } from './write-calls.ts';

export const creates: { readonly [T in CreatableType]: Create<T> } = {
  image: createImage,
  instance: createInstance,
  network: createNetwork,
  subnet: createSubnet,
  'security-group': createSecurityGroup,
  'security-group-rule': createSecurityGroupRule,
  'ssh-key': createSshKey,
  'ip-address': createIpAddress,
  'ip-address-binding': createIpAddressBinding,
  volume: createVolume,
  'volume-attachment': createVolumeAttachment,
  'volume-snapshot': createVolumeSnapshot,
  'placement-group': createPlacementGroup,
};
