// EC2's own words for states, and ours. A word that is not in its table becomes `unknown`: a new state at AWS must
// never stop a poll. Reboots are not visible at EC2: an instance stays `running` throughout.
import type { StateOf } from '@cloud-gateway/contracts';

export const instanceStates: Readonly<Record<string, StateOf<'instance'>>> = {
  pending: 'pending',
  running: 'running',
  'shutting-down': 'terminating',
  terminated: 'terminated',
  stopping: 'stopping',
  stopped: 'stopped',
};

export const imageStates: Readonly<Record<string, StateOf<'image'>>> = {
  pending: 'pending',
  transient: 'pending',
  available: 'available',
  disabled: 'disabled',
  deregistered: 'deleted',
  invalid: 'error',
  failed: 'error',
  error: 'error',
};

export const datacenterStates: Readonly<Record<string, StateOf<'datacenter'>>> = {
  available: 'available',
  // A notice was posted for the zone; it still takes work.
  information: 'available',
  impaired: 'impaired',
  constrained: 'impaired',
  unavailable: 'unavailable',
};

/** What changes by itself within seconds or minutes. */
export const transitionalStates: ReadonlySet<string> = new Set([
  'pending',
  'rebooting',
  'stopping',
  'suspending',
  'reconfiguring',
  'terminating',
  'deleting',
]);

/** Called for a word that no table has. */
export type OnUnknownState = (type: 'instance' | 'image' | 'datacenter', rawState: string) => void;

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
