import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockDirectory } from '../src/directory-lock.ts';

describe('lockDirectory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('refuses a second holder until the first has released', () => {
    const lock = lockDirectory(directory);

    expect(() => lockDirectory(directory)).to.throw(`Process ${process.pid} already runs`);
    lock.release();
    lockDirectory(directory).release();
    expect(readdirSync(directory)).to.eql([]);
  });

  const deadPid = spawnSync('true').pid;
  const staleLocks = [
    { what: 'a process that is dead', content: JSON.stringify({ pid: deadPid, startedAtTicks: 1 }) },
    {
      what: 'a dead process whose pid is in use again',
      content: JSON.stringify({ pid: 1, startedAtTicks: -1 }),
    },
    { what: 'nobody, because it was cut off', content: '{"pid":' },
  ];
  for (const { what, content } of staleLocks) {
    it(`takes over the lock of ${what}`, () => {
      writeFileSync(join(directory, 'lock'), content);

      lockDirectory(directory);

      expect(JSON.parse(readFileSync(join(directory, 'lock'), 'utf8')).pid).to.equal(process.pid);
      expect(readdirSync(directory)).to.eql(['lock']);
    });
  }

  it('releases only once, so never the lock of the next holder', () => {
    const first = lockDirectory(directory);
    first.release();
    lockDirectory(directory);

    first.release();

    expect(readdirSync(directory)).to.eql(['lock']);
  });
});
