// EC2's own words for states, and ours. A word that is not in its table becomes `unknown`: a new state at AWS must
// never stop a poll. Reboots are not visible at EC2: an instance stays `running` throughout. Types that only exist or do
// not (groups, rules, keys, bindings, types) have no words at EC2, and an address has none either: no table for them.
import type { ResourceBody, ResourceType, StateOf } from '@cloud-gateway/contracts';

export type StateTable<T extends ResourceType> = Readonly<Record<string, StateOf<T>>>;

export const instanceStates: StateTable<'instance'> = {
  pending: 'pending',
  running: 'running',
  'shutting-down': 'terminating',
  terminated: 'terminated',
  stopping: 'stopping',
  stopped: 'stopped',
};

export const imageStates: StateTable<'image'> = {
  pending: 'pending',
  transient: 'pending',
  available: 'available',
  disabled: 'disabled',
  deregistered: 'deleted',
  invalid: 'error',
  failed: 'error',
  error: 'error',
};

export const datacenterStates: StateTable<'datacenter'> = {
  available: 'available',
  // A notice was posted for the zone; it still takes work.
  information: 'available',
  impaired: 'impaired',
  constrained: 'impaired',
  unavailable: 'unavailable',
};

export const networkStates: StateTable<'network'> = {
  pending: 'pending',
  available: 'available',
  deleting: 'deleting',
};

export const subnetStates: StateTable<'subnet'> = {
  pending: 'pending',
  available: 'available',
  unavailable: 'down',
  failed: 'error',
  'failed-insufficient-capacity': 'error',
};

// A change of size or type is not told by DescribeVolumes: only a look at the volume shows it as `updating`. How far
// attaching and detaching are is told by the attachment.
export const volumeStates: StateTable<'volume'> = {
  creating: 'creating',
  available: 'available',
  'in-use': 'in_use',
  deleting: 'deleting',
  deleted: 'deleted',
  error: 'error',
};

export const volumeAttachmentStates: StateTable<'volume-attachment'> = {
  attaching: 'attaching',
  attached: 'attached',
  detaching: 'detaching',
  detached: 'detached',
  busy: 'busy',
};

export const volumeSnapshotStates: StateTable<'volume-snapshot'> = {
  pending: 'pending',
  completed: 'available',
  recoverable: 'recoverable',
  recovering: 'recoverable',
  error: 'error',
};

export const placementGroupStates: StateTable<'placement-group'> = {
  pending: 'pending',
  available: 'available',
  deleting: 'deleting',
  deleted: 'deleted',
};

/** What changes by itself within seconds or minutes, per type. */
const transitionalStates: { readonly [T in ResourceType]?: readonly StateOf<T>[] } = {
  image: ['pending', 'deleting'],
  instance: ['pending', 'rebooting', 'stopping', 'suspending', 'reconfiguring', 'terminating'],
  network: ['pending', 'deleting'],
  subnet: ['pending', 'deleting'],
  'ip-address': ['pending'],
  volume: ['creating', 'attaching', 'detaching', 'updating', 'deleting'],
  // `busy` waits for the guest to let go of the volume.
  'volume-attachment': ['attaching', 'detaching', 'busy'],
  'volume-snapshot': ['pending', 'deleting'],
  'placement-group': ['pending', 'deleting'],
};

const transitional: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(transitionalStates).map(([type, states]) => [type, new Set<string>(states)]),
);

export function isTransitional({ type, state }: Pick<ResourceBody, 'type' | 'state'>): boolean {
  return transitional.get(type)?.has(state) === true;
}

/** Called for a word that no table has. */
export type OnUnknownState = (type: ResourceType, rawState: string) => void;

/** Looks a raw state up; `unknown` when the cloud said nothing or something new. */
export function normalisedState<S extends string>(
  table: Readonly<Record<string, S>>,
  rawState: string | undefined,
  onUnknown: (rawState: string) => void,
): S | 'unknown' {
  const state = rawState !== undefined && Object.hasOwn(table, rawState) ? table[rawState] : undefined;
  if (state !== undefined) return state;
  onUnknown(rawState ?? '');
  return 'unknown';
}
