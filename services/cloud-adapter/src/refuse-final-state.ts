import { GatewayError, type InstanceAction } from '@cloud-gateway/contracts';
import type { ResourceDocument } from '@cloud-gateway/store';

// From these no instance ever comes back, so an old picture of them is as good as a new one. Of any other state the
// cloud knows better: it may have changed since the last poll.
const finalStates: ReadonlySet<string> = new Set(['terminating', 'terminated']);

/** Throws cloud-conflict for an action that cannot succeed whatever has happened since. */
export function refuseFinalState(
  action: InstanceAction,
  { cloudId, state }: Pick<ResourceDocument, 'cloudId' | 'state'>,
): void {
  if (action === 'terminate' || !finalStates.has(state)) return;
  throw new GatewayError('cloud-conflict', {
    message: `The instance ${cloudId} is ${state}: there is no way to ${action} it any more`,
  });
}
