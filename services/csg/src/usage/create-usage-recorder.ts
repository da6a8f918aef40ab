// What becomes of a finished call: a line in the access log, a line for logstash, and a usage record. Nothing of it is
// waited for.
import type { Clock } from '@cloud-gateway/clock';
import type { UsageOutcome } from '@cloud-gateway/contracts';
import type { Logger, Metrics } from '@cloud-gateway/runtime';
import type { Store, UsageCall } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { repeatEvery } from '../repeat-every.ts';
import { callLine, logstashLine } from './call-line.ts';
import { createBatchDelivery } from './create-batch-delivery.ts';
import { createLossReport } from './loss-report.ts';
import { isOfKnownKey, type RecordedCall } from './recorded-call.ts';
import type { UsageSpool } from './usage-spool.ts';

export interface UsageRecorder {
  /** Takes a finished call; it must not change any more. Cheap, and never throws. */
  record(call: RecordedCall): void;
  /** Resolves when every record is in the database or on the disk. Record nothing afterwards. */
  stop(): Promise<void>;
}

/** Where lines go: the access log, logstash. */
interface LineSink {
  write(line: string): void;
}

export interface UsageRecorderDeps {
  readonly store: Pick<Store, 'inTransaction' | 'ping'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly spool: UsageSpool;
  readonly accessLog?: LineSink | undefined;
  readonly logstash?: LineSink | undefined;
  /** How long a call waits for others to be stored with. Default: 500. */
  readonly batchMs?: number;
  readonly batchCallsMax?: number;
  /** How often to try to store what is on the disk. Default: 1 s. */
  readonly drainMs?: number;
  readonly storeDeadlineMs?: number;
}

export function createUsageRecorder(deps: UsageRecorderDeps): UsageRecorder {
  const { store, spool, clock, log, metrics, accessLog, logstash } = deps;
  const { batchMs = 500, batchCallsMax = 1000 } = deps;
  const { calls: counter, lost } = usageMetrics(metrics, () => spool.bytes);
  const delivery = createBatchDelivery({
    store,
    spool,
    log,
    reportLoss: createLossReport({
      clock,
      log,
      counter: lost,
      message: 'usage records are lost: neither the database nor the spool folder takes them',
    }),
    ...(deps.drainMs !== undefined && { drainMs: deps.drainMs }),
    ...(deps.storeDeadlineMs !== undefined && { storeDeadlineMs: deps.storeDeadlineMs }),
  });
  let batch: UsageCall[] = [];
  // Counted here and handed over with each batch: a metric with labels costs more than all the rest.
  const counts: Record<UsageOutcome, number> = { answered: 0, refused: 0, failed: 0 };
  const sending = repeatEvery(batchMs, async () => send());

  return {
    record(call) {
      counts[call.outcome] += 1;
      if (accessLog !== undefined || logstash !== undefined) {
        const line = callLine(call);
        accessLog?.write(line);
        logstash?.write(logstashLine(line, call));
      }
      if (!isOfKnownKey(call)) return;
      batch.push(call);
      if (batch.length >= batchCallsMax) send();
    },
    async stop() {
      await sending.stop();
      send();
      await delivery.stop();
    },
  };

  function send(): void {
    for (const outcome of outcomes) {
      if (counts[outcome] > 0) counter.inc({ outcome }, counts[outcome]);
      counts[outcome] = 0;
    }
    if (batch.length === 0) return;
    delivery.deliver({ id: mintId('batch', { nowMs: clock.nowMs }), calls: batch });
    batch = [];
  }
}

const outcomes: readonly UsageOutcome[] = ['answered', 'refused', 'failed'];

function usageMetrics(metrics: Metrics, spoolBytes: () => number) {
  metrics.gauge(
    'gateway_csg_usage_spool_bytes',
    'Usage records on disk that wait for the database.',
    [],
    (gauge) => gauge.set(spoolBytes()),
  );
  return {
    calls: metrics.counter('gateway_csg_calls_total', 'Finished calls through the proxy.', ['outcome']),
    lost: metrics.counter('gateway_csg_usage_lost_calls_total', 'Calls whose usage record was lost.'),
  };
}
