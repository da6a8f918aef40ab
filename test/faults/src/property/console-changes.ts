// What somebody does in the cloud's own console, past the gateway.
import type { Simulator, Snapshot } from '@cloud-gateway/simulator';
import { ownResources, zoneIn } from './client-writes.ts';
import type { Place } from './cloud-resource.ts';
import type { Random } from './random.ts';

export interface ConsoleOptions {
  readonly random: Random;
  readonly simulator: Simulator;
  readonly place: Place;
  readonly otherAccountId: string;
  /** Of this change and no other. */
  readonly name: string;
}

/** Changes one thing, and says what. Undefined when the cloud refused it, or there is nothing of the kind. */
export function changeInConsole(options: ConsoleOptions): string | undefined {
  const kind = options.random.weighted([
    [6, call],
    [3, launch],
    [3, tag],
    [4, destroy],
    [2, terminate],
    [3, shareByAnother],
  ]);
  try {
    return kind(options, options.simulator.snapshot(options.place));
  } catch {
    return undefined; // Refused: what depends on what is not this test's matter.
  }
}

type Change = (options: ConsoleOptions, snapshot: Snapshot) => string | undefined;

const launch: Change = ({ random, simulator, place, name }, { keyPairs }) => {
  const count = random.int(1, 3);
  const keyName = random.pick(keyPairs)?.name;
  const { instanceIds } = simulator.createInstanceDirectly({
    ...place,
    count,
    zone: zoneIn(random),
    ...(keyName !== undefined && { keyName }),
    tags: { by: name },
  });
  return `launch ${instanceIds.join(' ')}`;
};

const tag: Change = ({ random, simulator, place, name }, snapshot) => {
  const targets = random.some(ownResources(snapshot), 3);
  if (targets.length === 0) return undefined;
  const tags = { console: name, kept: random.chance(0.5) ? null : 'console' };
  simulator.tagDirectly({ ...place, resourceIds: targets.map(({ id }) => id), tags });
  return `tag ${targets.map(({ id }) => id).join(' ')}`;
};

const destroy: Change = ({ random, simulator, place }, snapshot) => {
  // An instance is terminated, and stays in sight for a while.
  const target = random.pick(ownResources(snapshot).filter(({ type }) => type !== 'instance'));
  if (!target) return undefined;
  simulator.destroyDirectly({ ...place, id: target.id });
  return `destroy ${target.id}`;
};

const terminate: Change = ({ random, simulator, place }, { instances }) => {
  const instanceIds = random.some(instances, 2).map(({ id }) => id);
  if (instanceIds.length === 0) return undefined;
  simulator.terminateDirectly({ ...place, instanceIds });
  return `terminate ${instanceIds.join(' ')}`;
};

/** Somebody else gives us an image, publishes it, or takes it back. */
const shareByAnother: Change = ({ random, simulator, place, otherAccountId }) => {
  const theirs = { ...place, accountId: otherAccountId };
  const { images, volumeSnapshots } = simulator.snapshot(theirs);
  const isImage = random.chance(0.5);
  const one = random.pick<{ readonly id: string }>(isImage ? images : volumeSnapshots);
  if (!one) return undefined;
  const how = random.pick(['Add', 'Add', 'Remove']);
  const whom = random.chance(0.7) ? { UserId: place.accountId } : { Group: 'all' };
  const [[field, value] = ['', '']] = Object.entries(whom);
  const [action, idField, permission] = isImage
    ? ['ModifyImageAttribute', 'ImageId', 'LaunchPermission']
    : ['ModifySnapshotAttribute', 'SnapshotId', 'CreateVolumePermission'];
  const parameters = { [idField]: one.id, [`${permission}.${how}.1.${field}`]: value };
  simulator.callDirectly({ ...theirs, action, parameters });
  return `${action} ${JSON.stringify(parameters)} by another`;
};

const call: Change = ({ random, simulator, place, name }, snapshot) => {
  const [action, parameters] = directCalls(random, snapshot, name);
  simulator.callDirectly({ ...place, action, parameters });
  return `${action} ${JSON.stringify(parameters)}`;
};

type Parameters = Record<string, string | number | boolean>;

function directCalls(random: Random, snapshot: Snapshot, name: string): [string, Parameters] {
  const { instances, volumes, addresses, securityGroups, images, volumeSnapshots } = snapshot;
  const instanceId = random.pick(instances)?.id ?? '';
  const volume = random.pick(volumes);
  const address = random.pick(addresses);
  const groupId = random.pick(securityGroups.filter((group) => group.name !== 'default'))?.id ?? '';
  const imageId = random.pick(images)?.id ?? '';
  const snapshotId = random.pick(volumeSnapshots)?.id ?? '';
  const calls: [string, Parameters][] = [
    ['CreateVolume', { AvailabilityZone: zoneIn(random), Size: random.int(1, 9), VolumeType: 'gp3' }],
    ['AttachVolume', { VolumeId: volume?.id ?? '', InstanceId: instanceId, Device: '/dev/sdn' }],
    ['DetachVolume', { VolumeId: volume?.id ?? '' }],
    ['ModifyVolume', { VolumeId: volume?.id ?? '', Size: random.int(60, 90) }],
    ['CreateSnapshot', { VolumeId: volume?.id ?? '', Description: name }],
    ['DeleteSnapshot', { SnapshotId: snapshotId }],
    ['AllocateAddress', { Domain: 'vpc' }],
    ['AssociateAddress', { AllocationId: address?.id ?? '', InstanceId: instanceId }],
    ['DisassociateAddress', { AssociationId: address?.association?.id ?? '' }],
    ['ReleaseAddress', { AllocationId: address?.id ?? '' }],
    ['CreateSecurityGroup', { GroupName: name, GroupDescription: 'by hand' }],
    [
      'AuthorizeSecurityGroupIngress',
      {
        GroupId: groupId,
        'IpPermissions.1.IpProtocol': 'tcp',
        'IpPermissions.1.FromPort': random.int(1, 60_000),
        'IpPermissions.1.ToPort': 60_001,
        'IpPermissions.1.IpRanges.1.CidrIp': `10.${random.int(0, 255)}.0.0/16`,
      },
    ],
    ['DeleteSecurityGroup', { GroupId: groupId }],
    ['CreateVpc', { CidrBlock: `10.${random.int(0, 255)}.0.0/16` }],
    ['CreateKeyPair', { KeyName: name, KeyType: 'ed25519' }],
    ['CreatePlacementGroup', { GroupName: name, Strategy: 'spread' }],
    ['StopInstances', { 'InstanceId.1': instanceId }],
    ['StartInstances', { 'InstanceId.1': instanceId }],
    ['CreateImage', { InstanceId: instanceId, Name: name }],
    ['ModifyImageAttribute', { ImageId: imageId, 'LaunchPermission.Add.1.Group': 'all' }],
    ['ModifyImageAttribute', { ImageId: imageId, 'LaunchPermission.Remove.1.Group': 'all' }],
    ['ModifySnapshotAttribute', { SnapshotId: snapshotId, 'CreateVolumePermission.Add.1.Group': 'all' }],
    ['ModifySnapshotAttribute', { SnapshotId: snapshotId, 'CreateVolumePermission.Remove.1.Group': 'all' }],
  ];
  return random.pick(calls) as [string, Parameters];
}
