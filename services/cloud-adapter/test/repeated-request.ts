// A request as a handler gets it when an earlier attempt has died before its outcome was stored.
import { allPermissions, type Route } from '@cloud-gateway/contracts';
import type { HandlerRequest } from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { mintId } from '@cloud-gateway/vault';
import type { TestClient } from './start-world.ts';

export interface Repeated {
  readonly params: object;
  readonly query?: object;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
}

export function repeatedRequest(client: Pick<TestClient, 'id'>, asked: Repeated): HandlerRequest<Route> {
  const { params, query = {}, body, headers = {}, idempotencyKey = mintId('key') } = asked;
  return {
    params,
    query,
    body,
    headers,
    requestId: mintId('req'),
    idempotencyKey,
    attempt: 2,
    deadlineAtMs: Date.now() + 20_000,
    signal: AbortSignal.timeout(20_000),
    log: createLogger({ service: 'test', level: 'error' }),
    caller: {
      clientId: client.id,
      organizationId: 'org_1',
      tokenId: mintId('tok'),
      permissions: new Set(allPermissions),
    },
  };
}
