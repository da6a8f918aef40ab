// The same request, as a handler gets it when an earlier attempt died before its outcome was stored.
import { allPermissions, type Route } from '@cloud-gateway/contracts';
import type { HandlerRequest } from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { mintId } from '@cloud-gateway/vault';
import type { TestClient } from './start-world.ts';

export function repeatedRequest(
  client: TestClient,
  { params = {}, body }: { params?: object; body?: object },
): (attempt: number) => HandlerRequest<Route> {
  const idempotencyKey = mintId('key');
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
      clientId: client.id,
      organizationId: 'org_1',
      tokenId: mintId('tok'),
      permissions: new Set(allPermissions),
    },
  });
}
