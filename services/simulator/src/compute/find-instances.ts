// Finds instances by their ids: as they are, or as Describe calls see them.
import type { Call } from '../call.ts';
import { findByIds, type IdKind } from './find-by-ids.ts';
import type { Instance } from './instance.ts';

export const instanceKind: IdKind = {
  prefix: 'i',
  name: 'instance',
  malformed: 'InvalidInstanceID.Malformed',
  notFound: 'InvalidInstanceID.NotFound',
};

/** All or nothing; an id that came twice counts once. */
export function findInstances(ids: readonly string[], { state }: Pick<Call, 'state'>): Instance[] {
  return findByIds(ids, state.instanceTable.get, instanceKind);
}

/** As findInstances, for Describe calls: what is too young is not there yet. */
export function findSeenInstances(ids: readonly string[], { state }: Pick<Call, 'state'>): Instance[] {
  return findByIds(ids, state.instanceTable.seen, instanceKind);
}
