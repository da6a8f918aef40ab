// Sends lines to logstash over TCP, past everything else: what cannot be sent waits in a bounded buffer, the oldest goes
// first when it is full, and the connection is made again and again. What the system has taken for a connection that
// breaks a moment later is lost without a trace, as everywhere where the other side does not acknowledge.
import { connect, type Socket } from 'node:net';
import { type Logger, retryDelayMs, sleep } from '@cloud-gateway/runtime';
import { repeatEvery } from '../repeat-every.ts';
import type { ReportLoss } from './loss-report.ts';

export interface LogstashSink {
  /** Takes one line without its line feed. */
  write(line: string): void;
  /** Sends what is left, as far as that can be done in time. */
  stop(): Promise<void>;
}

export interface LogstashSinkDeps {
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  /** Is told how many lines were lost. */
  readonly reportLoss: ReportLoss;
  readonly flushMs?: number;
  /** Characters that may wait. Default: 8 million. */
  readonly waitingMax?: number;
  readonly stopDeadlineMs?: number;
}

interface Chunk {
  readonly text: string;
  readonly lines: number;
}

const connectTimeoutMs = 5000;
/** A peer that takes nothing for so long counts as gone. */
const stuckMs = 30_000;

export function createLogstashSink(deps: LogstashSinkDeps): LogstashSink {
  const { host, port, log, reportLoss } = deps;
  const { flushMs = 50, waitingMax = 8_000_000, stopDeadlineMs = 2000 } = deps;
  let lines: string[] = [];
  let chunks: Chunk[] = [];
  let waiting = 0;
  let sending: Chunk | undefined;
  let socket: Socket | undefined;
  let isConnected = false;
  let attempt = 0;
  let connectAgain: NodeJS.Timeout | undefined;
  let isStopped = false;
  const gathering = repeatEvery(flushMs, async () => gather());
  open();

  return {
    write(line) {
      if (isStopped) reportLoss(1);
      else lines.push(line);
    },
    async stop() {
      await gathering.stop();
      gather();
      const endMs = performance.now() + stopDeadlineMs;
      while (chunks.length > 0 && performance.now() < endMs) await sleep(10);
      isStopped = true;
      clearTimeout(connectAgain);
      if (chunks.length > 0) reportLoss(chunks.reduce((sum, chunk) => sum + chunk.lines, 0));
      if (isConnected && chunks.length === 0) socket?.destroySoon();
      else socket?.destroy();
    },
  };

  function gather(): void {
    if (lines.length === 0) return;
    const chunk = { text: `${lines.join('\n')}\n`, lines: lines.length };
    lines = [];
    chunks.push(chunk);
    waiting += chunk.text.length;
    if (waiting > waitingMax) dropOldest();
    send();
  }

  function dropOldest(): void {
    let lost = 0;
    const kept: Chunk[] = [];
    for (const chunk of chunks) {
      if (waiting > waitingMax && chunk !== sending) {
        waiting -= chunk.text.length;
        lost += chunk.lines;
      } else kept.push(chunk);
    }
    chunks = kept;
    if (lost > 0) reportLoss(lost);
  }

  function send(): void {
    const [first] = chunks;
    if (first === undefined || sending !== undefined || !isConnected || socket === undefined) return;
    sending = first;
    const sentBy = socket;
    sentBy.write(first.text, (err) => {
      if (sentBy !== socket || err) return;
      attempt = 0;
      sending = undefined;
      chunks.shift();
      waiting -= first.text.length;
      send();
    });
  }

  function open(): void {
    const opened = connect({ host, port, noDelay: true, keepAlive: true });
    socket = opened;
    opened.setTimeout(connectTimeoutMs);
    opened.on('timeout', () => {
      if (!isConnected || sending !== undefined) opened.destroy(new Error('logstash takes nothing'));
    });
    opened.on('connect', () => {
      opened.setTimeout(stuckMs);
      isConnected = true;
      log.info('connected to logstash', { host, port });
      send();
    });
    // What it answers is of no interest, but its end is.
    opened.resume();
    opened.on('error', (err) => {
      if (attempt === 0) log.warn('logstash cannot be reached', { err, host, port });
    });
    opened.on('close', () => {
      if (isConnected && !isStopped) log.warn('the connection to logstash has ended', { host, port });
      isConnected = false;
      sending = undefined;
      if (isStopped) return;
      attempt += 1;
      connectAgain = setTimeout(open, retryDelayMs({ attempt, baseMs: 200, maxMs: 10_000 }));
    });
  }
}
