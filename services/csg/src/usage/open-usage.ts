// Everything that becomes of finished calls, as the configuration says.
import path from 'node:path';
import type { Clock } from '@cloud-gateway/clock';
import type { Logger, Metrics } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { type AccessLog, createAccessLog, toFile, toStream } from './create-access-log.ts';
import { createLogstashSink, type LogstashSink } from './create-logstash-sink.ts';
import { createUsageRecorder, type UsageRecorder } from './create-usage-recorder.ts';
import { createLossReport } from './loss-report.ts';
import { openUsageSpool } from './usage-spool.ts';

export interface UsageOptions {
  /** For records that cannot be stored just now; made when it is not there. */
  readonly spoolDirectory: string;
  /** `stdout`, `off`, or the path of a file to append to. */
  readonly accessLog: string;
  /** `tcp://host:port` of an input with the codec json_lines. */
  readonly logstashUrl?: string | undefined;
}

export interface UsageDeps {
  readonly store: Pick<Store, 'inTransaction' | 'ping'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** `stop()` of the recorder also writes and sends the last lines. */
export async function openUsage(options: UsageOptions, deps: UsageDeps): Promise<UsageRecorder> {
  // First what may fail: then nothing is left running behind a failed start.
  const logstashAddress = options.logstashUrl === undefined ? undefined : toAddress(options.logstashUrl);
  const spool = await openUsageSpool({ directory: options.spoolDirectory, bytesMax: spoolBytesMax });
  const accessLog = openAccessLog(options.accessLog, deps);
  const logstash = logstashAddress && openLogstash(logstashAddress, deps);
  const recorder = createUsageRecorder({ ...deps, spool, accessLog, logstash });
  return {
    record: recorder.record,
    async stop() {
      await Promise.all([recorder.stop(), accessLog?.stop(), logstash?.stop()]);
    },
  };
}

function openAccessLog(target: string, { clock, log, metrics }: UsageDeps): AccessLog | undefined {
  if (target === 'off') return undefined;
  const reportLoss = createLossReport({
    clock,
    log,
    counter: metrics.counter(
      'gateway_csg_access_log_lost_lines_total',
      'Lines that the access log did not take.',
    ),
    message: 'lines of the access log are lost: its reader or its disk does not take them',
  });
  const write = target === 'stdout' ? toStream(process.stdout) : toFile(path.resolve(target));
  return createAccessLog({ write, reportLoss });
}

function openLogstash({ host, port }: LogstashAddress, { clock, log, metrics }: UsageDeps): LogstashSink {
  const reportLoss = createLossReport({
    clock,
    log,
    counter: metrics.counter(
      'gateway_csg_logstash_lost_lines_total',
      'Lines that could not be sent to logstash.',
    ),
    message: 'lines for logstash are lost: it is away or too slow',
  });
  return createLogstashSink({ host, port, log, reportLoss });
}

interface LogstashAddress {
  readonly host: string;
  readonly port: number;
}

function toAddress(url: string): LogstashAddress {
  const { protocol, hostname, port } = URL.canParse(url) ? new URL(url) : noUrl;
  if (protocol !== 'tcp:' || hostname === '' || port === '')
    throw new Error(`The address of logstash must look like tcp://host:port, and is ${url}`);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
}

const noUrl = { protocol: '', hostname: '', port: '' };

/** About 1.2 million calls. */
const spoolBytesMax = 512_000_000;
