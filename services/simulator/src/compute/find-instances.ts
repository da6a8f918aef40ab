// Finds instances by their ids, and refuses ids as EC2 does: first those that cannot be ids, then those that are none.
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { Instance } from './instance.ts';

/** All or nothing; an id that came twice counts once. */
export function findInstances(ids: readonly string[], { state }: Pick<Call, 'state'>): Instance[] {
  return orNotFound(ids, (id) => state.instance(id));
}

/** As findInstances, for Describe calls: what is too young is not there yet. */
export function findVisibleInstances(
  ids: readonly string[],
  call: Pick<Call, 'state' | 'settings' | 'nowMs'>,
): Instance[] {
  return orNotFound(ids, (id) => {
    const instance = call.state.instance(id);
    return instance && isVisible(instance, call) ? instance : undefined;
  });
}

/** Describe calls lag behind creation, for as long as a test wants. */
export function isVisible(
  { createdAtMs }: Instance,
  { settings, nowMs }: Pick<Call, 'settings' | 'nowMs'>,
): boolean {
  return createdAtMs + settings.lagMs <= nowMs;
}

function orNotFound(ids: readonly string[], find: (id: string) => Instance | undefined): Instance[] {
  const unique = [...new Set(ids)];
  const malformed = unique.find((id) => !/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
  if (malformed !== undefined)
    throw new AwsError('InvalidInstanceID.Malformed', `Invalid id: "${malformed.slice(0, 100)}"`);
  const missing = unique.filter((id) => find(id) === undefined);
  if (missing.length === 1) {
    throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${missing[0]}' does not exist`);
  }
  if (missing.length > 1) {
    throw new AwsError('InvalidInstanceID.NotFound', `The instance IDs '${missing.join(', ')}' do not exist`);
  }
  return unique.flatMap((id) => find(id) ?? []);
}
