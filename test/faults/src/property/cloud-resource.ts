// What the cloud truly has, in the words in which the gateway has to tell it. Written from EC2's documents and not from
// the gateway's code, so that a mistake there is not repeated here.
import { connectAddressOf, type ResourceType } from '@cloud-gateway/contracts';
import type { Simulator, Snapshot } from '@cloud-gateway/simulator';
import { requestTag } from '../launches.ts';

export interface CloudResource {
  readonly type: ResourceType;
  readonly cloudId: string;
  /** `public`: published by its owner, so it is kept once for everybody. */
  readonly keptIn: 'own' | 'public';
  /** False: it is on its way out, and may vanish from a listing at any moment. */
  readonly isLive: boolean;
  /** The request that made it, by the tag that the gateway gives. */
  readonly requestTag: string | undefined;
  /** Fields that its document must have. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Everything that the account sees in the region, but what belongs to the cloud itself. */
export function resourcesInCloud(
  simulator: Pick<Simulator, 'snapshot'>,
  { accountId, region }: Place,
  otherAccountId: string,
): CloudResource[] {
  const own = simulator.snapshot({ accountId, region });
  const others = simulator.snapshot({ accountId: otherAccountId, region });
  const isForUs = ({ isPublic, sharedWith }: Shareable) => !isPublic && sharedWith.includes(accountId);
  return [
    ...own.instances.map(instance),
    ...own.volumes.flatMap((one) => [volume(one), ...attachments(one)]),
    ...own.addresses.flatMap((one) => [address(one), ...bindings(one)]),
    ...own.securityGroups.map(securityGroup),
    ...own.securityGroupRules.map(securityGroupRule),
    ...own.keyPairs.map(sshKey),
    ...own.vpcs.map(network),
    ...own.subnets.map(subnet),
    ...own.placementGroups.map(placementGroup),
    ...own.images.map((one) => image(one, one.isPublic ? 'public' : 'private')),
    ...own.volumeSnapshots.map((one) => volumeSnapshot(one, one.isPublic ? 'public' : 'private')),
    ...others.images.filter(isForUs).map((one) => image(one, 'shared')),
    ...others.volumeSnapshots.filter(isForUs).map((one) => volumeSnapshot(one, 'shared')),
  ];
}

type One<Kind extends keyof Snapshot> = Snapshot[Kind][number];

interface Shareable {
  readonly isPublic: boolean;
  readonly sharedWith: readonly string[];
}

interface Told {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly isLive?: boolean;
  readonly keptIn?: 'own' | 'public';
}

function resource(type: ResourceType, told: Told, fields: Record<string, unknown>): CloudResource {
  const { id, isLive = true, keptIn = 'own' } = told;
  // Of what is published, the tags are the owner's own matter.
  const tags = keptIn === 'public' ? {} : told.tags;
  return {
    type,
    cloudId: id,
    keptIn,
    isLive,
    requestTag: told.tags[requestTag],
    fields: {
      type,
      cloudId: id,
      name: tags['Name'] ?? null,
      tags,
      visibility: 'private',
      deletedAt: null,
      ...fields,
    },
  };
}

const instanceStates = {
  pending: 'pending',
  running: 'running',
  stopping: 'stopping',
  stopped: 'stopped',
  'shutting-down': 'terminating',
  terminated: 'terminated',
} as const;

function instance(one: One<'instances'>): CloudResource {
  const isLive = one.state !== 'shutting-down' && one.state !== 'terminated';
  const common = {
    state: instanceStates[one.state],
    rawState: one.state,
    owner: one.accountId,
    instanceType: one.instanceType,
    imageId: one.imageId,
    datacenter: one.zone,
    sshKeyName: one.keyName ?? null,
  };
  // A terminated instance has no network any more.
  if (one.state === 'terminated') return resource('instance', { ...one, isLive }, common);
  const publicAddresses = one.publicIp === undefined ? [] : [one.publicIp];
  const privateAddresses = [one.privateIp];
  return resource(
    'instance',
    { ...one, isLive },
    {
      ...common,
      publicAddresses,
      privateAddresses,
      connectAddress: connectAddressOf('auto', { publicAddresses, privateAddresses }),
      networkId: one.vpcId,
      subnetId: one.subnetId,
      securityGroupIds: one.groups.map(({ id }) => id).sort(),
    },
  );
}

function volume(one: One<'volumes'>): CloudResource {
  const state = one.state === 'in-use' ? 'in_use' : one.state;
  return resource(
    'volume',
    { ...one, isLive: one.state !== 'deleting' },
    {
      state,
      rawState: one.state,
      gigabytes: one.sizeGiB,
      volumeType: one.type,
      iops: one.iops ?? null,
      datacenter: one.zone,
      snapshotId: one.snapshotId ?? null,
      encrypted: one.encrypted,
    },
  );
}

function attachments(one: One<'volumes'>): CloudResource[] {
  return one.attachments.map((attachment) =>
    resource(
      'volume-attachment',
      {
        id: `${one.id}:${attachment.instanceId}`,
        tags: {},
        isLive: attachment.state !== 'detaching',
      },
      {
        state: attachment.state,
        volumeId: one.id,
        instanceId: attachment.instanceId,
        device: attachment.device,
        deleteOnTermination: attachment.deleteOnTermination,
      },
    ),
  );
}

function address(one: One<'addresses'>): CloudResource {
  return resource('ip-address', one, {
    state: one.association ? 'in_use' : 'available',
    address: one.publicIp,
    instanceId: one.association?.instanceId ?? null,
    privateAddress: one.association?.privateIp ?? null,
  });
}

function bindings({ id, publicIp, association }: One<'addresses'>): CloudResource[] {
  if (!association) return [];
  const { instanceId, privateIp } = association;
  return [
    resource(
      'ip-address-binding',
      { id: `${id}:${instanceId}`, tags: {} },
      { state: 'present', ipAddressId: id, address: publicIp, instanceId, privateAddress: privateIp },
    ),
  ];
}

function securityGroup(one: One<'securityGroups'>): CloudResource {
  return resource('security-group', one, {
    state: 'present',
    name: one.name,
    owner: one.ownerId,
    description: one.description,
    networkId: one.vpcId,
  });
}

function securityGroupRule(one: One<'securityGroupRules'>): CloudResource {
  const { peer } = one;
  return resource('security-group-rule', one, {
    state: 'present',
    owner: one.ownerId,
    securityGroupId: one.groupId,
    direction: one.isEgress ? 'egress' : 'ingress',
    protocol: one.protocol === '-1' ? 'all' : one.protocol,
    fromPort: one.fromPort < 0 ? null : one.fromPort,
    toPort: one.toPort < 0 ? null : one.toPort,
    cidrBlock: peer.kind === 'ipv4' || peer.kind === 'ipv6' ? peer.value : null,
    peerSecurityGroupId: peer.kind === 'group' ? peer.value : null,
    description: one.description ?? null,
  });
}

function sshKey(one: One<'keyPairs'>): CloudResource {
  return resource('ssh-key', one, {
    state: 'present',
    name: one.name,
    fingerprint: one.fingerprint,
    keyType: one.keyType,
  });
}

function network(one: One<'vpcs'>): CloudResource {
  return resource('network', one, {
    state: one.state,
    owner: one.ownerId,
    cidrBlocks: [one.cidrBlock],
    isDefault: one.isDefault,
  });
}

function subnet(one: One<'subnets'>): CloudResource {
  return resource('subnet', one, {
    state: 'available',
    owner: one.ownerId,
    networkId: one.vpcId,
    datacenter: one.zone,
    cidrBlocks: [one.cidrBlock],
    isDefault: one.isDefaultForZone,
    assignsPublicAddress: one.mapPublicIpOnLaunch,
  });
}

function placementGroup(one: One<'placementGroups'>): CloudResource {
  return resource('placement-group', one, {
    state: 'available',
    name: one.name,
    strategy: one.strategy,
    partitionCount: one.partitionCount ?? null,
  });
}

type Visibility = 'private' | 'shared' | 'public';

function image(one: One<'images'>, visibility: Visibility): CloudResource {
  return resource(
    'image',
    { ...one, keptIn: visibility === 'public' ? 'public' : 'own', isLive: one.state !== 'deregistered' },
    {
      name: one.name,
      state: one.state === 'deregistered' ? 'deleted' : one.state,
      owner: one.ownerId,
      visibility,
      description: one.description === '' ? null : one.description,
      architecture: one.architecture,
      platform: one.platform ?? 'linux',
    },
  );
}

function volumeSnapshot(one: One<'volumeSnapshots'>, visibility: Visibility): CloudResource {
  return resource(
    'volume-snapshot',
    { ...one, keptIn: visibility === 'public' ? 'public' : 'own' },
    {
      // It is ready from a moment on that is known from the start; at rest it has passed.
      state: 'available',
      owner: one.ownerId,
      visibility,
      description: one.description === '' ? null : one.description,
      volumeId: one.volumeId,
      gigabytes: one.sizeGiB,
      encrypted: one.encrypted,
    },
  );
}
