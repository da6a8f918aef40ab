// Units of polling, as a person reads them in a table, and as a program does.
import type { PollUnitStatus } from '@cloud-gateway/store';
import { span } from './span.ts';
import { table } from './table.ts';

/** One row a unit; below, what is wrong with those that have failed. */
export function describePollUnits(units: readonly PollUnitStatus[], nowMs: number): string {
  const rows = units.map((unit) => [
    unit.accountId,
    unit.region,
    unit.group,
    unit.state,
    unit.owner === null ? fromNow(unit.nextAt, nowMs) : 'now',
    `${span(unit.intervalMs)}`,
    unit.lastCompletedAt === null ? 'never' : `${span(nowMs - unit.lastCompletedAt.getTime())} ago`,
    unit.lastDurationMs === null ? '' : `${unit.lastDurationMs} ms`,
    String(unit.lastSeen ?? ''),
    String(unit.lastChanges ?? ''),
    String(unit.throttles),
    String(unit.consecutiveFailures),
  ]);
  const troubles = units.flatMap(troubleOf);
  return [table([head, ...rows]), ...(troubles.length > 0 ? ['', ...troubles] : [])].join('\n');
}

/** The same for `--json`: times as text, and who polls it now. */
export function pollUnitObject(unit: PollUnitStatus): Readonly<Record<string, unknown>> {
  const { lastErrorCode, lastError } = unit;
  return {
    cloud: unit.cloud,
    account: unit.accountId,
    region: unit.region,
    group: unit.group,
    types: unit.types,
    state: unit.state,
    nextAt: unit.nextAt,
    intervalSeconds: unit.intervalMs / 1_000,
    lastStartedAt: unit.lastStartedAt,
    lastCompletedAt: unit.lastCompletedAt,
    lastDurationMs: unit.lastDurationMs,
    lastSeen: unit.lastSeen,
    lastChanges: unit.lastChanges,
    throttles: unit.throttles,
    errors: unit.consecutiveFailures,
    error: lastErrorCode === null ? null : { code: lastErrorCode, message: lastError },
    staleZones: unit.staleZones,
    polledBy: unit.owner,
  };
}

const head = [
  'account',
  'region',
  'listing',
  'state',
  'next',
  'every',
  'last',
  'took',
  'seen',
  'changes',
  'throttles',
  'errors',
];

function troubleOf(unit: PollUnitStatus): string[] {
  const which = `${unit.accountId} ${unit.region} ${unit.group}`;
  return [
    ...(unit.lastErrorCode === null ? [] : [`${which}: ${unit.lastErrorCode}: ${unit.lastError ?? ''}`]),
    ...(unit.staleZones.length === 0 ? [] : [`${which}: not seen: ${unit.staleZones.join(', ')}`]),
  ];
}

function fromNow(at: Date, nowMs: number): string {
  const ms = at.getTime() - nowMs;
  return ms <= 0 ? 'due' : `in ${span(ms)}`;
}
