import { readdir, stat } from 'node:fs/promises';
import { systemClock } from '@cloud-gateway/clock';
import { createMetrics, type Metrics } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { eventually, silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createUsageRecorder, type UsageRecorder } from '../../src/usage/create-usage-recorder.ts';
import type { RecordedCall } from '../../src/usage/recorded-call.ts';
import { openUsageSpool } from '../../src/usage/usage-spool.ts';
import { type CuttableDatabase, openCuttableDatabase } from './cuttable-database.ts';
import { sampleCall } from './sample-call.ts';
import { withScratchFolder } from './scratch-folder.ts';

describe('the usage recorder', () => {
  let database: CuttableDatabase;
  before(async () => {
    database = await openCuttableDatabase();
  });
  afterEach(() => database.mend());
  after(() => database.close());

  async function open(
    directory: string,
    options: {
      store?: Store;
      metrics?: Metrics;
      bytesMax?: number;
      batchMs?: number;
      lines?: string[];
      storeDeadlineMs?: number;
    } = {},
  ): Promise<UsageRecorder> {
    const { store = database.store, bytesMax = 1e8, batchMs = 20, lines } = options;
    const { metrics = createMetrics({ service: 'csg' }), storeDeadlineMs = 1000 } = options;
    return createUsageRecorder({
      store,
      spool: await openUsageSpool({ directory, bytesMax }),
      clock: systemClock,
      log: silentLog,
      metrics,
      batchMs,
      batchCallsMax: 100,
      drainMs: 20,
      storeDeadlineMs,
      ...(lines && { accessLog: { write: (line) => lines.push(line) } }),
    });
  }

  async function stored(organizationId: string): Promise<{ calls: number; hours: number }> {
    const query = { organizationId, from: new Date(0), to: new Date('2100-01-01'), filters: {} };
    const listed = await database.direct.read.usage.listCalls({ ...query, limit: 100_000 });
    const [sum] = await database.direct.read.usage.summarise({ ...query, by: [], limit: 1 });
    return { calls: listed.length, hours: sum?.calls ?? 0 };
  }

  const recordMany = (recorder: UsageRecorder, organizationId: string, count: number) => {
    for (let n = 0; n < count; n += 1) recorder.record(sampleCall({ organizationId }));
  };

  it('stores soon what was recorded, and the rest at the end', () =>
    withScratchFolder(async (directory) => {
      const recorder = await open(directory);
      const call = sampleCall({ organizationId: 'org_soon' });
      recorder.record(call);
      await eventually(async () => (await stored('org_soon')).calls === 1);

      recordMany(recorder, 'org_soon', 1234);
      await recorder.stop();

      expect(await stored('org_soon')).to.deep.equal({ calls: 1235, hours: 1235 });
      expect(await readdir(directory)).to.deep.equal([]);
    }));

  it('logs every call, but stores only those of known keys', () =>
    withScratchFolder(async (directory) => {
      const lines: string[] = [];
      const recorder = await open(directory, { lines });
      const nobody: Partial<RecordedCall> = {
        organizationId: null,
        environmentId: null,
        accessRequestId: null,
        userId: null,
        outcome: 'refused',
      };
      recorder.record(sampleCall({ ...nobody, id: 'call_nobody' }));
      recorder.record(sampleCall({ organizationId: 'org_log', id: 'call_somebody' }));

      await recorder.stop();

      expect(lines.map((line) => JSON.parse(line)['call.id'])).to.deep.equal([
        'call_nobody',
        'call_somebody',
      ]);
      expect((await stored('org_log')).calls).to.equal(1);
    }));

  for (const [outage, what] of [
    ['cut', 'is cut off'],
    ['freeze', 'falls silent'],
    ['hideCommits', 'commits and does not say so,'],
  ] as const)
    it(`loses nothing and doubles nothing when the database ${what} again and again`, () =>
      withScratchFolder(async (directory) => {
        const organizationId = `org_${outage}`;
        const recorder = await open(directory);
        let recorded = 0;
        const recordSome = () => {
          recordMany(recorder, organizationId, 37);
          recorded += 37;
        };

        for (let round = 0; round < 4; round += 1) {
          recordSome();
          await new Promise((resolve) => setTimeout(resolve, 15 * round));
          database[outage]();
          recordSome();
          await eventually(async () => (await readdir(directory)).some((name) => name.endsWith('.calls')));
          database.mend();
          recordSome();
        }
        recordSome();
        await eventually(async () => (await stored(organizationId)).calls === recorded, {
          timeoutMs: 20_000,
        });
        await recorder.stop();

        expect(await stored(organizationId)).to.deep.equal({ calls: recorded, hours: recorded });
        expect(await readdir(directory)).to.deep.equal([]);
      }));

  it('leaves on the disk what it cannot store at its end, and two successors store it once', () =>
    withScratchFolder(async (directory) => {
      const recorder = await open(directory);
      recordMany(recorder, 'org_end', 50);
      await eventually(async () => (await stored('org_end')).calls === 50);
      database.cut();
      recordMany(recorder, 'org_end', 450);

      await recorder.stop();

      expect((await stored('org_end')).calls).to.equal(50);
      const [left = ''] = await readdir(directory);
      expect((await stat(`${directory}/${left}`)).mode & 0o777).to.equal(0o600);

      database.mend();
      const successors = [await open(directory), await open(directory, { store: database.openAnother() })];
      await eventually(async () => (await readdir(directory)).length === 0);
      for (const successor of successors) await successor.stop();
      expect(await stored('org_end')).to.deep.equal({ calls: 500, hours: 500 });
    }));

  it('counts what it loses when the disk may take no more', () =>
    withScratchFolder(async (directory) => {
      const metrics = createMetrics({ service: 'csg' });
      const recorder = await open(directory, { metrics, bytesMax: 100_000 });
      database.cut();
      recordMany(recorder, 'org_full', 1000);
      await recorder.stop();
      database.mend();
      const spoolBytes = await sizeOf(directory);
      expect(spoolBytes).to.be.above(0).and.at.most(100_000);

      const successor = await open(directory);
      await eventually(async () => (await readdir(directory)).length === 0);
      await successor.stop();

      const { calls } = await stored('org_full');
      expect(calls).to.be.above(0);
      expect(await metricOf(metrics, 'gateway_csg_usage_lost_calls_total')).to.equal(1000 - calls);
      expect(await metricOf(metrics, 'gateway_csg_usage_spool_bytes')).to.equal(spoolBytes);
    }));

  it('puts aside a batch that the database refuses, and goes on with the others', () =>
    withScratchFolder(async (directory) => {
      const recorder = await open(directory);
      recorder.record(sampleCall({ organizationId: 'org_poison', status: 1_000_000 }));
      await eventually(async () => (await readdir(directory)).some((name) => name.endsWith('.rejected')));

      recordMany(recorder, 'org_poison', 3);

      await eventually(async () => (await stored('org_poison')).calls === 3);
      await recorder.stop();
      expect(await readdir(directory)).to.have.length(1);
    }));

  it('counts calls by their outcome', () =>
    withScratchFolder(async (directory) => {
      const metrics = createMetrics({ service: 'csg' });
      const recorder = await open(directory, { metrics });
      for (const outcome of ['answered', 'refused', 'refused', 'failed'] as const)
        recorder.record(sampleCall({ organizationId: 'org_metric', outcome }));
      await recorder.stop();

      const { body } = await metrics.render();
      expect(body).to.match(/gateway_csg_calls_total\{outcome="answered".*\} 1/);
      expect(body).to.match(/gateway_csg_calls_total\{outcome="refused".*\} 2/);
      expect(body).to.match(/gateway_csg_calls_total\{outcome="failed".*\} 1/);
    }));
});

async function sizeOf(directory: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(directory)) bytes += (await stat(`${directory}/${name}`)).size;
  return bytes;
}

async function metricOf(metrics: Metrics, name: string): Promise<number> {
  const { body } = await metrics.render();
  const line = body.split('\n').find((text) => text.startsWith(name));
  return Number(line?.split(' ').at(-1));
}
