// Writes lines in bulk: gathered for 200 ms, then one write. What the other side does not take in time is kept up to a
// bound, and then lost and counted; a request never waits for a log.
import { appendFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { sleep, withDeadline } from '@cloud-gateway/runtime';
import { type Repetition, repeatEvery } from '../repeat-every.ts';
import type { ReportLoss } from './loss-report.ts';

export interface AccessLog {
  /** Takes one line without its line feed. */
  write(line: string): void;
  /** Writes what is left, within two seconds. */
  stop(): Promise<void>;
}

export interface AccessLogDeps {
  readonly write: WriteBytes;
  /** Is told how many lines were lost. */
  readonly reportLoss: ReportLoss;
  readonly flushMs?: number;
  /** Bytes that may wait. Default: 16 million. */
  readonly waitingMax?: number;
}

/** Resolves when the bytes are written, and rejects when it is not. */
export type WriteBytes = (bytes: Buffer) => Promise<void>;

const stopDeadlineMs = 2000;
const pauseAfterFailureMs = 500;

export function createAccessLog(deps: AccessLogDeps): AccessLog {
  const { write, reportLoss, flushMs = 200, waitingMax = 16_000_000 } = deps;
  // Bytes, not strings: thousands of strings that live for a moment are what a garbage collector copies about.
  let lines: Buffer[] = [];
  let waiting = 0;
  let isStopping = false;
  const flushing: Repetition = repeatEvery(flushMs, flush);

  return {
    write(line) {
      if (waiting > waitingMax) {
        reportLoss(1);
        return;
      }
      const bytes = Buffer.from(`${line}\n`);
      lines.push(bytes);
      waiting += bytes.length;
    },
    async stop() {
      isStopping = true;
      const late = () => new Error('the access log does not take its last lines');
      const end = flushing.stop().then(flush);
      await withDeadline(end, stopDeadlineMs, late).catch(() => undefined);
      if (lines.length > 0) reportLoss(lines.length);
      lines = [];
    },
  };

  async function flush(): Promise<void> {
    if (lines.length === 0) return;
    const taken = lines;
    lines = [];
    const bytes = Buffer.concat(taken);
    try {
      await write(bytes);
      waiting -= bytes.length;
    } catch {
      lines = taken.concat(lines);
      if (!isStopping) await sleep(pauseAfterFailureMs);
    }
  }
}

/** Opens the file for every write: one that was moved away, or could not be written for a while, is made anew. */
export function toFile(path: string): WriteBytes {
  return (bytes) => appendFile(path, bytes, { mode: 0o640 });
}

export function toStream(stream: Writable): WriteBytes {
  // Every write is told of its own failure; a reader that went away must not end the process.
  stream.on('error', () => undefined);
  return (bytes) =>
    new Promise((resolve, reject) => {
      stream.write(bytes, (err) => (err ? reject(err) : resolve()));
    });
}
