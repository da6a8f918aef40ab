import type { ActingRequest } from '@cloud-gateway/access';
import type { Clock } from '@cloud-gateway/clock';
import type { Client, Repositories } from '@cloud-gateway/store';
import { changeAccessRequest } from './change-access-request.ts';

const atOnce = 100;

/** Revokes every approved and active access request of a client: who has left keeps no key. Returns how many. */
export async function revokeAccessOf(
  tx: Repositories,
  deps: { readonly clock: Clock; readonly request: ActingRequest & { readonly attempt: number } },
  { id: requestedBy, organizationId }: Pick<Client, 'id' | 'organizationId'>,
): Promise<number> {
  const ended = {
    endedBy: deps.request.caller.clientId,
    endedAt: new Date(deps.clock.nowMs()),
    endReason: reason,
  };
  let revoked = 0;
  for (const state of ['approved', 'active'] as const) {
    for (;;) {
      const requests = await tx.accessRequests.list({ organizationId, requestedBy, state, limit: atOnce });
      for (const { id } of requests) {
        await changeAccessRequest(tx, deps, { id, action: 'revoke', reason, set: () => ended });
        revoked += 1;
      }
      if (requests.length < atOnce) break;
    }
  }
  return revoked;
}

const reason = 'The client was disabled.';
