import { readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UsageBatch } from '@cloud-gateway/store';
import { expect } from 'chai';
import { openUsageSpool } from '../../src/usage/usage-spool.ts';
import { sampleCall } from './sample-call.ts';
import { withScratchFolder } from './scratch-folder.ts';

describe('the usage spool', () => {
  const batchOf = (id: string, calls = 2): UsageBatch => ({
    id,
    calls: Array.from({ length: calls }, () => {
      const { target: _, ...call } = sampleCall();
      return call as UsageBatch['calls'][number];
    }),
  });

  it('gives back what was written, also to another process', () =>
    withScratchFolder(async (directory) => {
      const spool = await openUsageSpool({ directory, bytesMax: 1e6 });
      const batch = batchOf('batch_a');
      expect(await spool.write(batch)).to.equal(true);

      const next = await openUsageSpool({ directory, bytesMax: 1e6 });
      expect(next.bytes).to.equal(spool.bytes);
      const [name] = await next.list();
      const claim = await next.claim(name ?? '');

      expect(claim?.batch).to.deep.equal(batch);
      await claim?.done();
      expect(await readdir(directory)).to.deep.equal([]);
      expect(next.bytes).to.equal(0);
    }));

  it('is readable by nobody else, and holds no query', () =>
    withScratchFolder(async (folder) => {
      const directory = join(folder, 'made', 'here');
      const spool = await openUsageSpool({ directory, bytesMax: 1e6 });
      const call = sampleCall({ target: '/?X-Amz-Signature=abcdef' });
      await spool.write({ id: 'batch_a', calls: [call as never] });

      const [name] = await readdir(directory);
      const path = join(directory, name ?? '');
      expect((await stat(path)).mode & 0o777).to.equal(0o600);
      expect((await stat(directory)).mode & 0o777).to.equal(0o700);
      expect(await readFile(path, 'utf8')).not.to.contain('Signature');
    }));

  it('gives a batch to one process only', () =>
    withScratchFolder(async (directory) => {
      const spools = await Promise.all([1, 2, 3].map(() => openUsageSpool({ directory, bytesMax: 1e6 })));
      await spools[0]?.write(batchOf('batch_a'));
      const [name = ''] = (await spools[0]?.list()) ?? [];

      const claims = await Promise.all(spools.map((spool) => spool.claim(name)));

      expect(claims.filter((claim) => claim !== undefined)).to.have.length(1);
      expect(await spools[1]?.list()).to.deep.equal([]);
      await claims.find((claim) => claim !== undefined)?.giveBack();
      expect(await spools[1]?.list()).to.deep.equal([name]);
    }));

  it('is bounded', () =>
    withScratchFolder(async (directory) => {
      const spool = await openUsageSpool({ directory, bytesMax: 1500 });

      const written = [];
      for (const id of ['batch_a', 'batch_b', 'batch_c']) written.push(await spool.write(batchOf(id)));

      expect(written).to.deep.equal([true, false, false]);
      expect(spool.bytes).to.be.at.most(1500);
      expect(await readdir(directory)).to.have.length(1);
    }));

  it('puts aside what cannot be read, and does not offer it again', () =>
    withScratchFolder(async (directory) => {
      for (const [n, text] of [
        '',
        'no json',
        '{"batch":"b","calls":2}\n{}\n',
        '{"batch":1,"calls":0}',
      ].entries())
        await writeFile(join(directory, `batch_${n}.calls`), text);
      const spool = await openUsageSpool({ directory, bytesMax: 1e6 });

      for (const name of await spool.list()) {
        const claim = await spool.claim(name);
        expect(claim?.batch).to.equal(undefined);
        expect(await claim?.setAside()).to.match(/\.rejected$/);
      }

      expect(await spool.list()).to.deep.equal([]);
      expect(await readdir(directory)).to.have.length(4);
    }));

  it('does not take from a process that is at it', () =>
    withScratchFolder(async (directory) => {
      const spool = await openUsageSpool({ directory, bytesMax: 1e6 });
      await spool.write(batchOf('batch_a'));
      await rename(join(directory, 'batch_a.calls'), join(directory, 'batch_a.claimed-0123'));
      await utimes(join(directory, 'batch_a.claimed-0123'), 0, 0);

      expect(await spool.list()).to.deep.equal([]);
    }));
});
