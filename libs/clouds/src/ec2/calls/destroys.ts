// Every destroy of EC2, by type. Most are one call that names the id; the others have a file each.
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { DestroyableType } from '@cloud-gateway/contracts';
import type { Change, Target } from '../../cloud.ts';
import {
  DeleteKeyPairCommand,
  DeletePlacementGroupCommand,
  DeleteSnapshotCommand,
  DeleteSubnetCommand,
  DeleteVolumeCommand,
  DeleteVpcCommand,
  DeregisterImageCommand,
  ReleaseAddressCommand,
} from '../sdk/client-ec2.ts';
import { destroyInstance } from './destroy-instance.ts';
import { destroyIpAddressBinding } from './destroy-ip-address-binding.ts';
import { type Destruction, destroyOnce } from './destroy-once.ts';
import { destroySecurityGroup } from './destroy-security-group.ts';
import { destroySecurityGroupRule } from './destroy-security-group-rule.ts';
import { destroyVolumeAttachment } from './destroy-volume-attachment.ts';
import { noChange } from './looked-at.ts';
import { lookedAtGoing } from './looked-at-going.ts';
import type { Destroy } from './write-calls.ts';

export const destroys: { readonly [T in DestroyableType]: Destroy } = {
  image: going((ec2, { cloudId: ImageId }) => ({
    action: 'DeregisterImage',
    send: (http, dryRun) => ec2.send(new DeregisterImageCommand({ ImageId, ...dryRun }), http),
  })),
  instance: destroyInstance,
  network: going((ec2, { cloudId: VpcId }) => ({
    action: 'DeleteVpc',
    send: (http, dryRun) => ec2.send(new DeleteVpcCommand({ VpcId, ...dryRun }), http),
  })),
  subnet: going((ec2, { cloudId: SubnetId }) => ({
    action: 'DeleteSubnet',
    send: (http, dryRun) => ec2.send(new DeleteSubnetCommand({ SubnetId, ...dryRun }), http),
  })),
  'security-group': destroySecurityGroup,
  'security-group-rule': destroySecurityGroupRule,
  'ssh-key': gone((ec2, { cloudId: KeyPairId }) => ({
    action: 'DeleteKeyPair',
    send: (http, dryRun) => ec2.send(new DeleteKeyPairCommand({ KeyPairId, ...dryRun }), http),
  })),
  'ip-address': gone((ec2, { cloudId: AllocationId }) => ({
    action: 'ReleaseAddress',
    send: (http, dryRun) => ec2.send(new ReleaseAddressCommand({ AllocationId, ...dryRun }), http),
  })),
  'ip-address-binding': destroyIpAddressBinding,
  volume: going((ec2, { cloudId: VolumeId }) => ({
    action: 'DeleteVolume',
    send: (http, dryRun) => ec2.send(new DeleteVolumeCommand({ VolumeId, ...dryRun }), http),
  })),
  'volume-attachment': destroyVolumeAttachment,
  'volume-snapshot': going((ec2, { cloudId: SnapshotId }) => ({
    action: 'DeleteSnapshot',
    send: (http, dryRun) => ec2.send(new DeleteSnapshotCommand({ SnapshotId, ...dryRun }), http),
  })),
  // EC2 takes the name of a placement group, not its id.
  'placement-group': going((ec2, { known, cloudId }) => ({
    action: 'DeletePlacementGroup',
    send: (http, dryRun) =>
      ec2.send(new DeletePlacementGroupCommand({ GroupName: known.name ?? cloudId, ...dryRun }), http),
  })),
};

type DestructionOf = (ec2: EC2Client, target: Target) => Destruction<unknown>;

/** What is gone as soon as EC2 has said yes. */
function gone(destruction: DestructionOf): Destroy {
  return async (deps, target, options) => {
    const { was } = await destroyOnce(deps, destruction(deps.ec2, target), options);
    return was === 'dry-run' ? noChange : goneOf(target);
  };
}

/** What EC2 may go on showing for a while after it has said yes. */
function going(destruction: DestructionOf): Destroy {
  return async (deps, target, options) => {
    const { was } = await destroyOnce(deps, destruction(deps.ec2, target), options);
    if (was === 'dry-run') return noChange;
    return was === 'gone already' ? goneOf(target) : lookedAtGoing(deps, target, options.signal);
  };
}

function goneOf({ cloudId, known }: Target): Change {
  return { resource: null, alsoSeen: [], gone: [{ type: known.type, cloudId }] };
}
