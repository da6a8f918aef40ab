import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { expect } from 'chai';
import { openLogFile } from '../../src/logging/open-log-file.ts';

describe('openLogFile', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cli-log-'));
    file = path.join(folder, 'logs', 'gateway.log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('appends to what is there, for its owner only', async () => {
    for (const line of ['one\n', 'two\n']) await end(await openLogFile({ file }), [line]);
    expect(readFileSync(file, 'utf8')).to.equal('one\ntwo\n');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it('puts a full file aside and loses no line of the two that there are', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `line ${String(i).padStart(3, '0')}\n`);
    const log = await openLogFile({ file, bytesMax: 100 });
    for (const line of lines) await new Promise((resolve) => log.write(line, resolve));
    await end(log, []);

    expect(readdirSync(path.dirname(file)).sort()).to.deep.equal(['gateway.log', 'gateway.log.1']);
    const kept = readFileSync(`${file}.1`, 'utf8') + readFileSync(file, 'utf8');
    expect(kept).to.equal(lines.slice(-kept.length / 9).join(''));
    expect(statSync(`${file}.1`).size).to.be.within(91, 100);
  });

  it('rejects when it cannot be opened', async () => {
    const isFolder = await openLogFile({ file: folder }).catch((err: unknown) => err);
    expect(isFolder).to.have.property('code', 'EISDIR');
  });
});

function end(log: Writable, lines: readonly string[]): Promise<void> {
  for (const line of lines) log.write(line);
  return new Promise((resolve) => log.end(resolve));
}
