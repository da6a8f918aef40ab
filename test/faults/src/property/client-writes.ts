// What clients ask the gateway for: writes of every kind, on what the cloud has at that moment.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { type CreatableType, type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import type { Snapshot } from '@cloud-gateway/simulator';
import type { Call } from '../api-client.ts';
import type { Random } from './random.ts';

export interface ClientWrite {
  readonly call: Call;
  /** Of a create. */
  readonly makes: CreatableType | undefined;
}

export interface WriteOptions {
  readonly random: Random;
  readonly snapshot: Snapshot;
  /** The account at the gateway, and its region. */
  readonly account: string;
  readonly region: string;
  /** With whom things are shared. */
  readonly otherAccountId: string;
  /** Of this write and no other. */
  readonly name: string;
}

/** Undefined when there is nothing of the kind that was chosen. */
export function chooseClientWrite(options: WriteOptions): ClientWrite | undefined {
  const { random } = options;
  const kind = random.weighted([
    [10, create],
    [4, update],
    [4, act],
    [5, destroy],
    [3, share],
  ]);
  return kind(options);
}

/** EC2 makes as many of them as it is asked for: whether a lost one was made shows only half a minute later. */
export function isUnclearWhenLost({ makes }: ClientWrite): boolean {
  return makes === 'ip-address' || makes === 'network' || makes === 'volume-snapshot';
}

function create(options: WriteOptions): ClientWrite | undefined {
  const type = options.random.weighted<CreatableType>([
    [4, 'instance'],
    [4, 'volume'],
    [4, 'volume-attachment'],
    [2, 'volume-snapshot'],
    [2, 'image'],
    [2, 'ip-address'],
    [3, 'ip-address-binding'],
    [2, 'security-group'],
    [3, 'security-group-rule'],
    [2, 'ssh-key'],
    [1, 'network'],
    [2, 'subnet'],
    [1, 'placement-group'],
  ]);
  return creationOf(options, type);
}

function creationOf(options: WriteOptions, type: CreatableType): ClientWrite | undefined {
  const { random, account, region, name } = options;
  const spec = specs[type](options);
  if (spec === undefined) return undefined;
  const tags = { tags: { kept: name, ...(random.chance(0.5) && { env: 'test' }) } };
  const isTagged = type !== 'volume-attachment' && type !== 'ip-address-binding';
  const body = { region, ...(isTagged && tags), ...spec };
  return {
    call: { method: 'POST', path: collectionOf(account, type), idempotencyKey: name, body },
    makes: type,
  };
}

const specs: Record<CreatableType, (options: WriteOptions) => Record<string, unknown> | undefined> = {
  instance: ({ random, snapshot, name }) => ({
    name,
    instanceType: 't3.micro',
    imageId: random.pick(snapshot.images.filter(({ state }) => state === 'available'))?.id,
    ...(random.chance(0.3) && { sshKeyName: random.pick(snapshot.keyPairs)?.name }),
    ...(random.chance(0.3) && { securityGroupIds: defaultNetworkGroups(random, snapshot) }),
  }),
  volume: ({ random, name }) => ({ name, datacenter: zoneIn(random), gigabytes: random.int(1, 20) }),
  'volume-attachment': ({ random, snapshot }) => {
    const volume = random.pick(snapshot.volumes.filter(({ state }) => state === 'available'));
    const instance = random.pick(running(snapshot).filter(({ zone }) => zone === volume?.zone));
    if (!volume || !instance) return undefined;
    return { volumeId: volume.id, instanceId: instance.id, device: `/dev/sd${random.pick([...'fghijklm'])}` };
  },
  'volume-snapshot': ({ random, snapshot, name }) => {
    const volume = random.pick(snapshot.volumes);
    return volume && { name, volumeId: volume.id, description: `of ${volume.id}` };
  },
  image: ({ random, snapshot, name, region }) => {
    const instance = random.pick(running(snapshot));
    const image = random.pick(snapshot.images);
    if (instance && random.chance(0.5)) return { name, instanceId: instance.id };
    return image && { name, copyOf: { imageId: image.id, region } };
  },
  'ip-address': ({ name }) => ({ name }),
  'ip-address-binding': ({ random, snapshot }) => {
    const address = random.pick(snapshot.addresses);
    const instance = random.pick(running(snapshot));
    return address && instance && { ipAddressId: address.id, instanceId: instance.id };
  },
  'security-group': ({ random, snapshot, name }) => ({
    name,
    description: `made by ${name}`,
    ...(random.chance(0.5) && { networkId: random.pick(snapshot.vpcs)?.id }),
  }),
  'security-group-rule': ({ random, snapshot }) => {
    const group = random.pick(ownGroups(snapshot));
    if (!group) return undefined;
    const port = random.int(1, 60_000);
    return {
      securityGroupId: group.id,
      direction: random.pick(['ingress', 'egress']),
      protocol: random.pick(['tcp', 'udp']),
      fromPort: port,
      toPort: port + random.int(0, 5),
      ...(random.chance(0.3)
        ? { peerSecurityGroupId: group.id }
        : { cidrBlock: `10.${random.int(0, 255)}.0.0/16` }),
    };
  },
  'ssh-key': ({ random, name }) => ({ name, ...(random.chance(0.6) && { publicKey: newPublicKey() }) }),
  network: ({ random, name }) => ({ name, cidrBlock: `10.${random.int(0, 255)}.0.0/16` }),
  subnet: ({ random, snapshot, name }) => {
    const network = random.pick(snapshot.vpcs.filter(({ isDefault }) => !isDefault));
    if (!network) return undefined;
    const [a, b] = network.cidrBlock.split('.');
    return { name, networkId: network.id, cidrBlock: `${a}.${b}.${random.int(0, 255)}.0/24` };
  },
  'placement-group': ({ random, name }) => ({ name, strategy: random.pick(['cluster', 'spread']) }),
};

function update(options: WriteOptions): ClientWrite | undefined {
  const { random, snapshot, name } = options;
  const target = random.pick(ownResources(snapshot));
  if (!target) return undefined;
  const tags = random.chance(0.3)
    ? { kept: null }
    : { changed: name, env: random.chance(0.3) ? null : 'live' };
  const isVolume = target.type === 'volume' && random.chance(0.5);
  const body = isVolume ? { gigabytes: random.int(20, 60) } : { tags };
  return toOne(options, 'PATCH', target, { body });
}

function act(options: WriteOptions): ClientWrite | undefined {
  const { random, snapshot } = options;
  const instance = random.pick(snapshot.instances);
  const action = random.pick(['start', 'stop', 'stop', 'reboot', 'terminate']);
  return instance && toOne(options, 'POST', { type: 'instance', id: instance.id }, { path: `/${action}` });
}

function destroy(options: WriteOptions): ClientWrite | undefined {
  const { random, snapshot } = options;
  const { volumes, addresses } = snapshot;
  const derived: Target[] = [
    ...volumes.flatMap(({ id, attachments }) =>
      attachments.map(({ instanceId }): Target => ({ type: 'volume-attachment', id: `${id}:${instanceId}` })),
    ),
    ...addresses.flatMap(({ id, association }): Target[] =>
      association ? [{ type: 'ip-address-binding', id: `${id}:${association.instanceId}` }] : [],
    ),
  ];
  const target = random.pick(random.chance(0.3) ? derived : ownResources(snapshot));
  return target && toOne(options, 'DELETE', target, {});
}

function share(options: WriteOptions): ClientWrite | undefined {
  const { random, snapshot, otherAccountId } = options;
  const target = random.pick<Target>([
    ...snapshot.images.map(({ id }): Target => ({ type: 'image', id })),
    ...snapshot.volumeSnapshots.map(({ id }): Target => ({ type: 'volume-snapshot', id })),
  ]);
  const body = {
    public: random.chance(0.5),
    accounts: random.chance(0.5) ? [otherAccountId] : [],
  };
  return target && toOne(options, 'PUT', target, { path: '/sharing', body });
}

interface Target {
  readonly type: ResourceType;
  readonly id: string;
}

function toOne(
  { account, name }: WriteOptions,
  method: string,
  { type, id }: Target,
  { path = '', body }: { path?: string; body?: object },
): ClientWrite {
  return {
    call: {
      method,
      path: `${collectionOf(account, type)}/${id}${path}`,
      idempotencyKey: name,
      ...(body && { body }),
    },
    makes: undefined,
  };
}

function collectionOf(account: string, type: ResourceType): string {
  return `/v1/clouds/ec2/accounts/${account}/${resourceTypes[type].collection}`;
}

/** What may be changed and destroyed: not what every account has from the start and needs. */
export function ownResources(snapshot: Snapshot): Target[] {
  const of = (type: ResourceType, all: readonly { readonly id: string }[]) =>
    all.map(({ id }): Target => ({ type, id }));
  return [
    ...of('instance', snapshot.instances),
    ...of('volume', snapshot.volumes),
    ...of('ip-address', snapshot.addresses),
    ...of('security-group', ownGroups(snapshot)),
    ...of(
      'security-group-rule',
      snapshot.securityGroupRules.filter((rule) => isOfOwnGroup(rule, snapshot)),
    ),
    ...of('ssh-key', snapshot.keyPairs),
    ...of(
      'network',
      snapshot.vpcs.filter(({ isDefault }) => !isDefault),
    ),
    ...of(
      'subnet',
      snapshot.subnets.filter(({ isDefaultForZone }) => !isDefaultForZone),
    ),
    ...of('placement-group', snapshot.placementGroups),
    // Two are there from the start; one of them stays, to launch from.
    ...of('image', snapshot.images.slice(1)),
    ...of('volume-snapshot', snapshot.volumeSnapshots),
  ];
}

function ownGroups(snapshot: Snapshot) {
  return snapshot.securityGroups.filter(({ name }) => name !== 'default');
}

function isOfOwnGroup({ groupId }: { readonly groupId: string }, snapshot: Snapshot): boolean {
  return ownGroups(snapshot).some(({ id }) => id === groupId);
}

function defaultNetworkGroups(random: Random, snapshot: Snapshot): string[] {
  const network = snapshot.vpcs.find(({ isDefault }) => isDefault);
  const groups = snapshot.securityGroups.filter(({ vpcId }) => vpcId === network?.id);
  return random.some(groups, 2).map(({ id }) => id);
}

function running({ instances }: Snapshot) {
  return instances.filter(({ state }) => state === 'running');
}

export function zoneIn(random: Random): string {
  return `us-east-1${random.pick(['a', 'b', 'c'])}`;
}

/** A public key in OpenSSH's format (RFC 4253 6.6, RFC 8709 4). Its private half is thrown away. */
function newPublicKey(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({
    format: 'jwk',
  });
  const words = [Buffer.from('ssh-ed25519'), Buffer.from(x, 'base64url')];
  const blob = Buffer.concat(words.flatMap((word) => [lengthOf(word), word]));
  return `ssh-ed25519 ${blob.toString('base64')}`;
}

function lengthOf(word: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(word.length);
  return length;
}
