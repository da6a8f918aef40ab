import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@cloud-gateway/runtime';
import type { UsageBatch } from '@cloud-gateway/store';
import { eventually, silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createBatchDelivery } from '../../src/usage/create-batch-delivery.ts';
import { openUsageSpool } from '../../src/usage/usage-spool.ts';
import { type CuttableDatabase, openCuttableDatabase } from './cuttable-database.ts';
import { sampleCall } from './sample-call.ts';
import { withScratchFolder } from './scratch-folder.ts';

describe('the delivery of batches', () => {
  let database: CuttableDatabase;
  before(async () => {
    database = await openCuttableDatabase();
  });
  afterEach(() => database.mend());
  after(() => database.close());

  const batchOf = (id: string): UsageBatch => ({
    id,
    calls: [sampleCall({ organizationId: 'org_delivery' }) as UsageBatch['calls'][number]],
  });

  async function open(directory: string) {
    const counted = { lost: 0 };
    const said: string[] = [];
    const log: Logger = { ...silentLog, error: (message) => said.push(message) };
    const delivery = createBatchDelivery({
      store: database.store,
      spool: await openUsageSpool({ directory, bytesMax: 1e6 }),
      log,
      reportLoss(count) {
        counted.lost += count;
      },
      drainMs: 20,
      storeDeadlineMs: 500,
    });
    return { delivery, counted, said };
  }

  it('keeps in memory what neither the database nor the disk takes, until one of them does', () =>
    withScratchFolder(async (folder) => {
      const directory = join(folder, 'spool');
      const { delivery, counted, said } = await open(directory);
      await rm(directory, { recursive: true });
      database.cut();
      delivery.deliver(batchOf('batch_kept_1'));
      delivery.deliver(batchOf('batch_kept_2'));
      await eventually(() => said.length > 0);

      await mkdir(directory);
      await eventually(async () => (await readdir(directory)).length === 2);
      await delivery.stop();

      expect(said).to.deep.equal(['usage records can neither be stored nor kept on disk']);
      expect(counted.lost).to.equal(0);
    }));

  it('ends, and counts the loss, when both stay away', () =>
    withScratchFolder(async (folder) => {
      const directory = join(folder, 'spool');
      const { delivery, counted } = await open(directory);
      await rm(directory, { recursive: true });
      database.cut();
      for (const id of ['batch_lost_1', 'batch_lost_2', 'batch_lost_3']) delivery.deliver(batchOf(id));

      await delivery.stop();

      expect(counted.lost).to.equal(3);
    }));
});
