// A unit of polling as a client sees it.
import type { pollingListRoute } from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';
import type { PollUnitStatus } from '@cloud-gateway/store';

export type PollUnitBody = HandlerAnswer<typeof pollingListRoute>['body']['items'][number];

export function toPollUnitBody(unit: PollUnitStatus): PollUnitBody {
  return {
    cloud: unit.cloud,
    account: unit.accountId,
    region: unit.region,
    group: unit.group,
    types: [...unit.types],
    state: unit.state,
    nextAt: unit.nextAt.toISOString(),
    intervalSeconds: unit.intervalMs / 1_000,
    lastStartedAt: unit.lastStartedAt?.toISOString() ?? null,
    lastCompletedAt: unit.lastCompletedAt?.toISOString() ?? null,
    lastDurationMs: unit.lastDurationMs,
    lastSeen: unit.lastSeen,
    lastChanges: unit.lastChanges,
    throttles: unit.throttles,
    errors: unit.consecutiveFailures,
    error: unit.lastErrorCode === null ? null : { code: unit.lastErrorCode, message: unit.lastError ?? '' },
    staleZones: [...unit.staleZones],
    polledBy: unit.owner,
  };
}
