// One line and a few numbers per finished poll.

import { changeKinds } from '@cloud-gateway/contracts';
import type { Logger, Metrics } from '@cloud-gateway/runtime';
import type { LeasedUnit } from '@cloud-gateway/store';
import { totalOf } from './change-counts.ts';
import type { PollOutcome } from './poll-unit.ts';
import type { PollReport } from './poll-worker.ts';

export function createPollReport({ log, metrics }: { log: Logger; metrics: Metrics }): PollReport {
  const polls = metrics.counter('gateway_poller_polls_total', 'Finished polls.', [
    'cloud',
    'group',
    'outcome',
  ]);
  const seconds = metrics.histogram('gateway_poller_poll_seconds', 'Duration of a poll.', ['cloud', 'group']);
  const lag = metrics.histogram('gateway_poller_due_lag_seconds', 'How late units were taken.', ['cloud']);
  const changes = metrics.counter('gateway_poller_changes_total', 'Changes that polls found.', [
    'cloud',
    'group',
    'change',
  ]);
  const errors = metrics.counter('gateway_poller_errors_total', 'Polls that failed.', [
    'cloud',
    'group',
    'code',
  ]);
  const held = metrics.counter(
    'gateway_poller_held_losses_total',
    'Removals and losses of tags that wait for a second listing.',
    ['cloud', 'group'],
  );

  const missed = metrics.counter(
    'gateway_poller_missed_total',
    'Resources that a complete listing lacked for the first time; the next listing decides.',
    ['cloud', 'group'],
  );

  return {
    started: ({ cloud, lagMs }) => lag.observe({ cloud }, lagMs / 1000),

    finished(unit, outcome, durationMs) {
      const { cloud, group } = unit;
      polls.inc({ cloud, group, outcome: outcome.kind });
      seconds.observe({ cloud, group }, durationMs / 1000);
      if (outcome.kind === 'failed') errors.inc({ cloud, group, code: outcome.failure.errorCode });
      if (outcome.kind === 'complete') {
        for (const change of changeKinds) {
          if (outcome.counts[change] > 0) changes.inc({ cloud, group, change }, outcome.counts[change]);
        }
        if (outcome.held > 0) held.inc({ cloud, group }, outcome.held);
        if (outcome.missed > 0) missed.inc({ cloud, group }, outcome.missed);
      }
      writeLine(log, { unit, outcome, durationMs });
    },
  };
}

function writeLine(
  log: Logger,
  { unit, outcome, durationMs }: { unit: LeasedUnit; outcome: PollOutcome; durationMs: number },
): void {
  const { accountId: account, region, group, epoch, lagMs } = unit;
  const fields = { account, region, group, epoch, outcome: outcome.kind, durationMs, lagMs };
  switch (outcome.kind) {
    case 'complete': {
      const line = { ...fields, seen: outcome.seenCount, missed: outcome.missed, ...outcome.counts };
      if (outcome.missingZones.length > 0)
        log.warn('polled in part; what is known of these datacenters is stale', {
          ...line,
          missingZones: outcome.missingZones,
        });
      else if (outcome.held > 0)
        log.warn('polled; a large loss waits for a second listing', { ...line, held: outcome.held });
      else if (totalOf(outcome.counts) > 0) log.info('polled', line);
      else log.debug('polled', line);
      return;
    }
    case 'failed': {
      const { errorCode: code, state, nextInMs } = outcome.failure;
      const line = { ...fields, code, state, nextInMs, err: outcome.err };
      // The cloud's failures are to be expected; only the first of a row is news.
      if (code === 'internal') log.error('poll failed', line);
      else if (unit.consecutiveFailures === 0) log.warn('poll failed', line);
      else log.debug('poll failed', line);
      return;
    }
    case 'lost':
      log.info('poll dropped: another poller has the unit, or it is gone', fields);
      return;
    case 'stopped':
      log.debug('poll given back', fields);
  }
}
