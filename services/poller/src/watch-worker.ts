// Looks at what was changed through the gateway, every few seconds, until it is stable: a request for some ids instead of
// a whole listing. Groups of watches are leased like units of polling, so any number of pollers may do it.
import type { Cloud } from '@cloud-gateway/clouds';
import { isGatewayError } from '@cloud-gateway/contracts';
import type { Logger, Metrics } from '@cloud-gateway/runtime';
import type { WatchGroup } from '@cloud-gateway/store';
import { type LookDeps, lookAtWatched } from './look-at-watched.ts';
import { repeat } from './repeat.ts';

export interface WatchSettings {
  readonly scanMs: number;
  readonly leaseMs: number;
  readonly everyMs: number;
  readonly groupsAtOnce: number;
  readonly lookTimeoutMs: number;
  readonly graceMs: number;
}

export interface WatchWorkerDeps extends Omit<LookDeps, 'everyMs' | 'graceMs'> {
  readonly clouds: readonly Cloud[];
  /** Unique among all pollers. */
  readonly owner: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly settings: WatchSettings;
}

/** Runs until it is stopped; stop() waits for the looks under way. */
export function startWatchWorker(deps: WatchWorkerDeps): { stop(): Promise<void> } {
  const { log, metrics, settings } = deps;
  const looks = metrics.counter('gateway_poller_looks_total', 'Looks at resources by their ids.', [
    'cloud',
    'type',
    'outcome',
  ]);
  const stopping = new AbortController();

  async function lookAtGroup(group: WatchGroup): Promise<void> {
    const cloud = deps.clouds.find(({ id }) => id === group.cloud);
    if (cloud === undefined) return;
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(settings.lookTimeoutMs)]);
    const { type, accountId: account, region } = group;
    try {
      await lookAtWatched({ ...deps, ...settings }, cloud, group, signal);
      looks.inc({ cloud: cloud.id, type, outcome: 'ok' });
    } catch (err) {
      const outcome = isGatewayError(err) ? err.code : 'internal';
      looks.inc({ cloud: cloud.id, type, outcome });
      log.debug('a look at what was changed has failed; it is tried again', { account, region, type, err });
    }
  }

  const loop = repeat(
    async () => {
      const due = {
        owner: deps.owner,
        leaseMs: settings.leaseMs,
        limit: settings.groupsAtOnce,
        clouds: deps.clouds.map(({ id }) => id),
      };
      const groups = await deps.store.inTransaction((tx) => tx.watches.leaseDue(due));
      await Promise.all(groups.map(lookAtGroup));
    },
    {
      pauseMs: settings.scanMs,
      onError: (err) => log.debug('watches could not be leased; it is tried again', { err }),
    },
  );
  return {
    async stop() {
      stopping.abort();
      await loop.stop();
    },
  };
}
