// Which writes can succeed in which state at EC2. Tags, and with them names, can be changed in every state but the last.
import {
  type ResourceCall,
  type ResourceType,
  resourceCalls,
  resourceTypes,
  type StateOf,
} from '@cloud-gateway/contracts';

type AllowedByState = {
  readonly [T in ResourceType]?: { readonly [S in StateOf<T>]?: readonly ResourceCall[] };
};

const change = ['update', 'destroy'] as const;
const end = ['destroy', 'terminate'] as const;

const allowed: AllowedByState = {
  image: {
    pending: change,
    available: [...change, 'sharing', 'share'],
    disabled: change,
    error: change,
  },
  instance: {
    pending: ['update', 'stop', ...end],
    running: ['update', 'stop', 'reboot', 'suspend', ...end],
    // Stopping again converges; with `force` it can end one that hangs.
    stopping: ['update', 'stop', ...end],
    // A suspended instance shows as stopped.
    stopped: ['update', 'start', 'resume', ...end],
  },
  network: { pending: change, available: change },
  subnet: { pending: change, available: change, down: change, error: change },
  'security-group': { present: change },
  'security-group-rule': { present: change },
  'ssh-key': { present: change },
  'ip-address': { available: change, in_use: ['update'] },
  'ip-address-binding': { present: ['destroy'] },
  volume: { creating: ['update'], available: change, in_use: ['update'], error: change },
  // Detaching ends an attaching that hangs; detaching again by force, a detaching.
  'volume-attachment': {
    attaching: ['destroy'],
    attached: ['destroy'],
    detaching: ['destroy'],
    busy: ['destroy'],
  },
  'volume-snapshot': {
    pending: change,
    available: [...change, 'sharing', 'share'],
    error: change,
  },
  'placement-group': { available: change },
};

/** In a state that is not known every write may succeed. */
export function allowedCalls(type: ResourceType, state: string): readonly ResourceCall[] {
  const { calls }: { readonly calls: readonly ResourceCall[] } = resourceTypes[type];
  const byState: Readonly<Record<string, readonly ResourceCall[] | undefined>> = allowed[type] ?? {};
  const some = state === 'unknown' ? resourceCalls.filter(isWriteOfOne) : (byState[state] ?? []);
  return resourceCalls.filter((call) => calls.includes(call) && some.includes(call));
}

function isWriteOfOne(call: ResourceCall): boolean {
  return !['list', 'show', 'history', 'refresh', 'create'].includes(call);
}
