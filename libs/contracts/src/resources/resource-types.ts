// The types of resource: the name of each one's collection in a path, its normalised states, and every call that some
// cloud may have for it. What a state means: state-meanings.ts. What each cloud's raw states become: docs/resources.md.

/** What can be asked of a resource. `create` is launching for an instance, `share` sets what `sharing` reads. */
export const resourceCalls = [
  'list',
  'show',
  'history',
  'refresh',
  'create',
  'update',
  'destroy',
  'sharing',
  'share',
  'start',
  'stop',
  'reboot',
  'terminate',
  'suspend',
  'resume',
] as const;
export type ResourceCall = (typeof resourceCalls)[number];

interface ResourceTypeRow {
  readonly collection: string;
  /** For sentences: `a volume`, and without its article `volume`. */
  readonly one: string;
  readonly noun: string;
  readonly states: readonly string[];
  readonly calls: readonly ResourceCall[];
}

const reads = ['list', 'show', 'history', 'refresh'] as const;
// Types that either exist or do not: every row has a state all the same, so that clients need no special case.
const existence = ['present'] as const;

export const resourceTypes = {
  datacenter: {
    collection: 'datacenters',
    one: 'a datacenter',
    noun: 'datacenter',
    states: ['available', 'impaired', 'unavailable', 'unknown'],
    calls: reads,
  },
  'instance-type': {
    collection: 'instance-types',
    one: 'an instance type',
    noun: 'instance type',
    states: existence,
    calls: reads,
  },
  image: {
    collection: 'images',
    one: 'an image',
    noun: 'image',
    states: ['pending', 'available', 'disabled', 'deleting', 'deleted', 'error', 'unknown'],
    calls: [...reads, 'create', 'update', 'destroy', 'sharing', 'share'],
  },
  instance: {
    collection: 'instances',
    one: 'an instance',
    noun: 'instance',
    states: [
      'pending',
      'running',
      'rebooting',
      'stopping',
      'stopped',
      'suspending',
      'suspended',
      'reconfiguring',
      'terminating',
      'terminated',
      'error',
      'unknown',
    ],
    calls: [
      ...reads,
      'create',
      'update',
      'destroy',
      'start',
      'stop',
      'reboot',
      'terminate',
      'suspend',
      'resume',
    ],
  },
  network: {
    collection: 'networks',
    one: 'a network',
    noun: 'network',
    states: ['pending', 'available', 'down', 'deleting', 'error', 'unknown'],
    calls: [...reads, 'create', 'update', 'destroy'],
  },
  subnet: {
    collection: 'subnets',
    one: 'a subnet',
    noun: 'subnet',
    states: ['pending', 'available', 'down', 'deleting', 'error', 'unknown'],
    calls: [...reads, 'create', 'update', 'destroy'],
  },
  'security-group': {
    collection: 'security-groups',
    one: 'a security group',
    noun: 'security group',
    states: existence,
    calls: [...reads, 'create', 'update', 'destroy'],
  },
  'security-group-rule': {
    collection: 'security-group-rules',
    one: 'a security group rule',
    noun: 'security group rule',
    states: existence,
    calls: [...reads, 'create', 'update', 'destroy'],
  },
  'ssh-key': {
    collection: 'ssh-keys',
    one: 'an SSH key',
    noun: 'SSH key',
    states: existence,
    calls: [...reads, 'create', 'update', 'destroy'],
  },
  'ip-address': {
    collection: 'ip-addresses',
    one: 'an IP address',
    noun: 'IP address',
    states: ['pending', 'available', 'in_use', 'error', 'unknown'],
    calls: [...reads, 'create', 'update', 'destroy'],
  },
  'ip-address-binding': {
    collection: 'ip-address-bindings',
    one: 'an IP address binding',
    noun: 'IP address binding',
    states: existence,
    calls: [...reads, 'create', 'destroy'],
  },
  'volume-type': {
    collection: 'volume-types',
    one: 'a volume type',
    noun: 'volume type',
    states: existence,
    calls: reads,
  },
  volume: {
    collection: 'volumes',
    one: 'a volume',
    noun: 'volume',
    states: [
      'creating',
      'available',
      'attaching',
      'in_use',
      'detaching',
      'updating',
      'deleting',
      'deleted',
      'error',
      'unknown',
    ],
    calls: [...reads, 'create', 'update', 'destroy'],
  },
  'volume-attachment': {
    collection: 'volume-attachments',
    one: 'a volume attachment',
    noun: 'volume attachment',
    states: ['attaching', 'attached', 'detaching', 'detached', 'busy', 'error', 'unknown'],
    calls: [...reads, 'create', 'destroy'],
  },
  'volume-snapshot': {
    collection: 'volume-snapshots',
    one: 'a volume snapshot',
    noun: 'volume snapshot',
    states: ['pending', 'available', 'recoverable', 'deleting', 'error', 'unknown'],
    calls: [...reads, 'create', 'update', 'destroy', 'sharing', 'share'],
  },
  'placement-group': {
    collection: 'placement-groups',
    one: 'a placement group',
    noun: 'placement group',
    states: ['pending', 'available', 'deleting', 'deleted', 'unknown'],
    calls: [...reads, 'create', 'update', 'destroy'],
  },
} as const satisfies Record<string, ResourceTypeRow>;

export type ResourceType = keyof typeof resourceTypes;
export type StateOf<T extends ResourceType> = (typeof resourceTypes)[T]['states'][number];
export type ResourceState = StateOf<ResourceType>;

export const allResourceTypes = Object.keys(resourceTypes) as [ResourceType, ...ResourceType[]];

type TypeWith<C extends ResourceCall> = {
  [T in ResourceType]: C extends (typeof resourceTypes)[T]['calls'][number] ? T : never;
}[ResourceType];

export type CreatableType = TypeWith<'create'>;
export type UpdatableType = TypeWith<'update'>;
export type DestroyableType = TypeWith<'destroy'>;
/** Can be given to other accounts, or to everybody: then it is kept once for all, as a published resource. */
export type ShareableType = TypeWith<'share'>;

/** Tells whether some cloud may have this call for this type; `cloud.capabilities()` tells which one has. */
export function hasCall(type: ResourceType, call: ResourceCall): boolean {
  return (resourceTypes[type].calls as readonly ResourceCall[]).includes(call);
}

function typesWith<C extends ResourceCall>(call: C): readonly TypeWith<C>[] {
  return allResourceTypes.filter((type): type is TypeWith<C> => hasCall(type, call));
}

export const creatableTypes = typesWith('create');
export const updatableTypes = typesWith('update');
export const destroyableTypes = typesWith('destroy');
export const shareableTypes = typesWith('share');
