import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { readLogs } from '../../src/trace/read-logs.ts';

describe('readLogs', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cli-logs-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('finds the lines of one request among many, over several files, and tells what it could not read', async () => {
    const line = (requestId: string, message: string) =>
      JSON.stringify({
        time: '2026-01-01T00:00:00.000Z',
        level: 'info',
        service: 'edge',
        message,
        requestId,
      });
    const others = Array.from({ length: 5_000 }, (_, i) => line(`req_other${i}`, 'noise'));
    const [older, newer, missing] = ['older', 'newer', 'missing'].map((name) => path.join(folder, name));
    writeFileSync(String(older), [...others, line('req_1', 'first'), ...others].join('\n'));
    writeFileSync(
      String(newer),
      // One names it only in passing, one is cut off by a crash, one is of a terminal.
      [
        line('req_10', 'longer id'),
        line('req_1', 'second'),
        '12:00 INFO req_1 pretty',
        '{"requestId":"req_1',
      ].join('\n'),
    );

    const found = await readLogs([String(older), String(missing), String(newer)], 'req_1');
    expect(found.lines.map(({ message }) => message)).to.deep.equal(['first', 'second']);
    expect(found.unreadable).to.equal(1);
    expect(found.sources.map(({ error }) => error !== undefined)).to.deep.equal([false, true, false]);
  });
});
