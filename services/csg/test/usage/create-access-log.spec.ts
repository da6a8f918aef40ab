import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createAccessLog, toFile, toStream } from '../../src/usage/create-access-log.ts';
import { withScratchFolder } from './scratch-folder.ts';

describe('the access log', () => {
  function lossCounter() {
    const counted = {
      lost: 0,
      reportLoss(count: number) {
        counted.lost += count;
      },
    };
    return counted;
  }

  it('appends to a file, and makes it anew when it was moved away', () =>
    withScratchFolder(async (folder) => {
      const path = join(folder, 'access.log');
      const log = createAccessLog({ write: toFile(path), reportLoss: lossCounter().reportLoss, flushMs: 5 });
      log.write('{"n":1}');
      log.write('{"n":2}');
      await eventually(async () => (await readFile(path, 'utf8')) === '{"n":1}\n{"n":2}\n');

      await rename(path, `${path}.1`);
      log.write('{"n":3}');
      await log.stop();

      expect(await readFile(path, 'utf8')).to.equal('{"n":3}\n');
    }));

  it('keeps lines while the file cannot be written', () =>
    withScratchFolder(async (folder) => {
      const path = join(folder, 'later', 'access.log');
      const counted = lossCounter();
      let isThere = false;
      const log = createAccessLog({
        write: (text) => toFile(isThere ? join(folder, 'access.log') : path)(text),
        reportLoss: counted.reportLoss,
        flushMs: 5,
      });
      log.write('a');
      log.write('b');
      isThere = true;
      log.write('c');
      await eventually(async () => (await readFile(join(folder, 'access.log'), 'utf8')) === 'a\nb\nc\n');
      await log.stop();
      expect(counted.lost).to.equal(0);
      await rm(folder, { recursive: true });
    }));

  it('loses, and counts, what a stuck reader does not take, and stops all the same', async () => {
    const stuck = new Writable({ write() {} });
    const counted = lossCounter();
    const log = createAccessLog({
      write: toStream(stuck),
      reportLoss: counted.reportLoss,
      flushMs: 1,
      waitingMax: 1000,
    });
    for (let n = 0; n < 100; n += 1) log.write('x'.repeat(99));
    expect(counted.lost).to.equal(89);

    await log.stop();

    stuck.destroy();
  });

  it('outlives a reader that goes away', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    const counted = lossCounter();
    const log = createAccessLog({ write: toStream(broken), reportLoss: counted.reportLoss, flushMs: 1 });
    log.write('a');

    await log.stop();

    expect(counted.lost).to.equal(1);
  });
});
