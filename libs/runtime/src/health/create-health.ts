// The health of one service. Begins in the state `starting`; draining is final.

import { scrubText } from '../logging/scrub-text.ts';
import { withDeadline } from '../time/with-deadline.ts';
import type { Health, HealthCheck, HealthReport, HealthState } from './health.ts';

export interface HealthOptions {
  /** How long one check may take before it counts as failed. Default 2000. */
  readonly checkTimeoutMs?: number;
}

export function createHealth({ checkTimeoutMs = 2000 }: HealthOptions = {}): Health {
  const checks = { live: new Map<string, HealthCheck>(), ready: new Map<string, HealthCheck>() };
  let state: HealthState = 'starting';

  async function report(probe: 'live' | 'ready'): Promise<Record<string, string>> {
    const results = await Promise.all(
      [...checks[probe]].map(async ([name, check]) => [name, await outcome(check, checkTimeoutMs)] as const),
    );
    return Object.fromEntries(results);
  }

  return {
    get state() {
      return state;
    },
    add(name, check, probe = 'ready') {
      checks[probe].set(name, check);
    },
    serving() {
      if (state === 'starting') state = 'serving';
    },
    draining() {
      state = 'draining';
    },
    live: async () => toReport(await report('live')),
    ready: async () => toReport({ process: state === 'serving' ? 'ok' : state, ...(await report('ready')) }),
  };
}

async function outcome(check: HealthCheck, timeoutMs: number): Promise<string> {
  try {
    const late = () => new Error(`no answer within ${timeoutMs} ms`);
    const result = await withDeadline((async () => check())(), timeoutMs, late);
    if (result === true) return 'ok';
    return typeof result === 'string' && result !== '' ? scrubText(result) : 'failed';
  } catch (err) {
    // The page may be read by anybody in the cluster; drivers quote URLs with passwords.
    return scrubText(err instanceof Error && err.message !== '' ? err.message : 'failed');
  }
}

function toReport(checks: Record<string, string>): HealthReport {
  return { ok: Object.values(checks).every((result) => result === 'ok'), checks };
}
