// The same request, as a handler gets it when an earlier attempt died before its outcome was stored.
import { allPermissions, type Route } from '@cloud-gateway/contracts';
import type { Caller, HandlerRequest } from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { mintId } from '@cloud-gateway/vault';

interface Asked {
  readonly params?: object;
  readonly query?: object;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
}

/** By a caller who may do everything. */
export function repeatedRequest(
  { clientId, organizationId = 'org_1' }: Pick<Caller, 'clientId'> & Partial<Caller>,
  { params = {}, query = {}, body, headers = {}, idempotencyKey = mintId('key') }: Asked,
): (attempt: number) => HandlerRequest<Route> {
  return (attempt) => ({
    params,
    query,
    body,
    headers,
    requestId: mintId('req'),
    idempotencyKey,
    attempt,
    deadlineAtMs: Date.now() + 20_000,
    signal: AbortSignal.timeout(20_000),
    log: createLogger({ service: 'test', level: 'error' }),
    caller: { clientId, organizationId, tokenId: mintId('tok'), permissions: new Set(allPermissions) },
  });
}
