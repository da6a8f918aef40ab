import { GatewayError, type usageCallsRoute } from '@cloud-gateway/contracts';
import type { HandlerRequest } from '@cloud-gateway/messaging';
import type { UsageFilters } from '@cloud-gateway/store';
import { findServiceOfAnyCloud, type KnownServices } from './service-catalogue.ts';

type Request = Pick<HandlerRequest<typeof usageCallsRoute>, 'caller'> & {
  readonly query: Omit<HandlerRequest<typeof usageCallsRoute>['query'], 'limit' | 'cursor' | 'outcome'>;
};

export interface UsageScope {
  readonly organizationId: string;
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly filters: UsageFilters;
}

const defaultSpanMs = 24 * 3_600_000;

/** Says which calls are meant; undefined when the caller may see none of them. */
export function usageScope(
  { nowMs, ...known }: KnownServices & { readonly nowMs: number },
  { caller, query }: Request,
): UsageScope | undefined {
  const mayReadAll = caller.permissions.has('usage:read');
  if (!mayReadAll && query.user !== undefined && query.user !== caller.clientId) return undefined;
  const to = query.to === undefined ? new Date(nowMs) : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - defaultSpanMs) : new Date(query.from);
  assertInOrder(from, to);
  return {
    organizationId: caller.organizationId,
    from,
    to,
    filters: {
      environmentId: query.environment,
      accessKeyId: query.accessKeyId,
      accessRequestId: query.accessRequest,
      userId: mayReadAll ? query.user : caller.clientId,
      service: query.service && (findServiceOfAnyCloud(known, query.service)?.id ?? query.service),
      region: query.region,
      action: query.action,
    },
  };
}

function assertInOrder(from: Date, to: Date): void {
  if (from <= to) return;
  throw new GatewayError('validation-failed', {
    message: 'The time asked for ends before it begins.',
    issues: [{ path: 'query.from', message: `must not be after ${to.toISOString()}` }],
  });
}
