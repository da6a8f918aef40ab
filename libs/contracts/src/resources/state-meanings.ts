// What each normalised state means, in one sentence, as `GET /v1/clouds` tells it. A cloud says which calls it allows in it.
import { type ResourceType, resourceTypes, type StateOf } from './resource-types.ts';

const common: Readonly<Record<string, string>> = {
  present: 'It exists. This type has no other state.',
  pending: 'It is being made and cannot be used yet.',
  available: 'It can be used.',
  error: 'The cloud failed to make or keep it; stateReason says why, where the cloud does.',
  deleting: 'It is being deleted and cannot be used any more.',
  deleted: 'It is deleted; the cloud shows it for a while.',
  unknown: 'The cloud says a state that this gateway does not know; rawState has the word.',
};

const particular: { readonly [T in ResourceType]?: { readonly [S in StateOf<T>]?: string } } = {
  datacenter: {
    impaired: 'It works in part; starting something there may fail.',
    unavailable: 'It is out of service.',
  },
  image: { disabled: 'No instance can be started from it until its owner enables it again.' },
  instance: {
    pending: 'It is being started.',
    running: 'It runs.',
    rebooting: 'Its operating system starts again; its host and addresses stay.',
    stopping: 'It is being stopped.',
    stopped: 'It is stopped and can be started again. Its volumes still cost.',
    suspending: 'Its memory is being saved.',
    suspended: 'Its memory is saved; it can be resumed.',
    reconfiguring: 'The cloud changes its size, its host or its disk.',
    terminating: 'It is being terminated and never comes back.',
    terminated: 'It is terminated; the cloud shows it for a while.',
  },
  network: { down: 'It exists but carries no traffic.' },
  subnet: { down: 'It exists but carries no traffic.' },
  'ip-address': {
    pending: 'It is being reserved.',
    available: 'It is reserved and bound to nothing.',
    in_use: 'It is bound to an instance or a network interface.',
  },
  volume: {
    creating: 'It is being made.',
    available: 'It is attached to nothing and can be attached.',
    attaching: 'It is being attached.',
    in_use: 'It is attached.',
    detaching: 'It is being detached.',
    updating: 'Its size or type is being changed.',
  },
  'volume-attachment': {
    attaching: 'The volume is being attached.',
    attached: 'The instance can use the volume.',
    detaching: 'The volume is being detached.',
    detached: 'The volume is detached; the cloud shows it for a while.',
    busy: 'Detaching waits until the instance lets go of the volume.',
  },
  'volume-snapshot': {
    pending: 'It is being written; progressPercent tells how far.',
    available: 'Volumes can be made from it.',
    recoverable: 'It is deleted and can still be restored at the cloud.',
  },
};

/** Gives the sentence for each state of the type, in the order of the contract. */
export function stateMeanings(type: ResourceType): { readonly state: string; readonly meaning: string }[] {
  const own: Readonly<Record<string, string | undefined>> = particular[type] ?? {};
  return resourceTypes[type].states.map((state) => ({ state, meaning: own[state] ?? common[state] ?? '' }));
}
