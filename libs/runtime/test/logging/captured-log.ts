// A destination for a logger under test: gives what was written, as soon as winston has handed it on.

import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

export interface CapturedLog {
  readonly destination: Writable;
  text(): Promise<string>;
  lines(): Promise<Record<string, unknown>[]>;
}

export function captureLog(): CapturedLog {
  let written = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  const text = async (): Promise<string> => {
    await setImmediate();
    return written;
  };
  const lines = async (): Promise<Record<string, unknown>[]> =>
    (await text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { destination, text, lines };
}
