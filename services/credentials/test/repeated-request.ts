// The same request of the administrator, as a handler gets it when an earlier attempt died before its outcome was stored.
import { allPermissions, type Route } from '@cloud-gateway/contracts';
import type { Caller, HandlerRequest } from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { mintId } from '@cloud-gateway/vault';
import type { World } from './start-world.ts';

export function repeatedRequest(
  { administrator }: Pick<World, 'administrator'>,
  {
    params = {},
    body,
    idempotencyKey = mintId('key'),
    caller = {},
  }: { params?: object; body?: object; idempotencyKey?: string; caller?: Partial<Caller> },
): (attempt: number) => HandlerRequest<Route> {
  return (attempt) => ({
    params,
    query: {},
    body,
    headers: {},
    requestId: mintId('req'),
    idempotencyKey,
    attempt,
    deadlineAtMs: Date.now() + 20_000,
    signal: AbortSignal.timeout(20_000),
    log: createLogger({ service: 'test', level: 'error' }),
    caller: {
      clientId: administrator.clientId,
      organizationId: administrator.organizationId,
      tokenId: mintId('tok'),
      permissions: new Set(allPermissions),
      ...caller,
    },
  });
}
