// Writes lines in bulk: gathered for 50 ms, then one write. What the other side does not take in time is kept up to a
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
  readonly write: WriteText;
  /** Is told how many lines were lost. */
  readonly reportLoss: ReportLoss;
  readonly flushMs?: number;
  /** Characters that may wait. Default: 16 million. */
  readonly waitingMax?: number;
}

/** Resolves when the text is written, and rejects when it is not. */
export type WriteText = (text: string) => Promise<void>;

const stopDeadlineMs = 2000;
const pauseAfterFailureMs = 500;

export function createAccessLog(deps: AccessLogDeps): AccessLog {
  const { write, reportLoss, flushMs = 50, waitingMax = 16_000_000 } = deps;
  let lines: string[] = [];
  let waiting = 0;
  let isStopping = false;
  const flushing: Repetition = repeatEvery(flushMs, flush);

  return {
    write(line) {
      if (waiting > waitingMax) {
        reportLoss(1);
        return;
      }
      lines.push(line);
      waiting += line.length + 1;
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
    const text = `${taken.join('\n')}\n`;
    try {
      await write(text);
      waiting -= text.length;
    } catch {
      lines = taken.concat(lines);
      if (!isStopping) await sleep(pauseAfterFailureMs);
    }
  }
}

/** Opens the file for every write: one that was moved away, or could not be written for a while, is made anew. */
export function toFile(path: string): WriteText {
  return (text) => appendFile(path, text, { mode: 0o640 });
}

export function toStream(stream: Writable): WriteText {
  // Every write is told of its own failure; a reader that went away must not end the process.
  stream.on('error', () => undefined);
  return (text) =>
    new Promise((resolve, reject) => {
      stream.write(text, (err) => (err ? reject(err) : resolve()));
    });
}
