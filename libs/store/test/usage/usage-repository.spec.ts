import type { UsageDimension } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { UsageCall } from '../../src/usage/usage-call.ts';
import type { UsageFilters } from '../../src/usage/usage-filters.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';
import { sampleCall } from './sample-call.ts';

describe('the usage repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const from = new Date('2026-01-01T00:00:00Z');
  const to = new Date('2027-01-01T00:00:00Z');
  const append = (id: string, calls: readonly UsageCall[]) =>
    test.store.inTransaction((tx) => tx.usage.append({ id, calls }));
  const list = (organizationId: string, more: Record<string, unknown> = {}) =>
    test.store.read.usage.listCalls({ organizationId, from, to, filters: {}, limit: 100, ...more });
  const sum = (
    organizationId: string,
    by: readonly UsageDimension[] = [],
    { filters = {}, ...more }: { filters?: UsageFilters; from?: Date; to?: Date; limit?: number } = {},
  ) => test.store.read.usage.summarise({ organizationId, from, to, filters, by, limit: 100, ...more });

  it('gives back what was stored, to the millisecond', async () => {
    const call = sampleCall({ organizationId: 'org_back', host: 'ünicode "quoted" \\ 😀\n\0' });
    const refused = sampleCall({
      organizationId: 'org_back',
      at: new Date('2026-03-04T05:06:07.892Z'),
      service: null,
      region: null,
      action: null,
      status: 403,
      outcome: 'refused',
      refusal: 'not active',
      cloudRequestId: null,
      bytesIn: 5_000_000_000,
    });

    expect(await append('batch_back', [call, refused])).to.equal(true);

    expect(await list('org_back')).to.deep.equal([refused, call]);
  });

  it('stores a batch once, however often and however many at once try', async () => {
    const calls = [sampleCall({ organizationId: 'org_once' }), sampleCall({ organizationId: 'org_once' })];

    const stored = await Promise.all([1, 2, 3, 4].map(() => append('batch_once', calls)));

    expect(stored.filter(Boolean)).to.have.length(1);
    expect(await append('batch_once', calls)).to.equal(false);
    expect(await list('org_once')).to.have.length(2);
    expect(await sum('org_once')).to.have.nested.property('[0].calls', 2);
  });

  it('stores nothing of a batch whose transaction fails', async () => {
    const failed = test.store.inTransaction(async (tx) => {
      await tx.usage.append({ id: 'batch_failed', calls: [sampleCall({ organizationId: 'org_failed' })] });
      throw new Error('pulled the plug');
    });

    expect(await failed.catch((err: Error) => err.message)).to.equal('pulled the plug');
    expect(await list('org_failed')).to.deep.equal([]);
    expect(await sum('org_failed')).to.deep.equal([]);
    expect(await append('batch_failed', [sampleCall({ organizationId: 'org_failed' })])).to.equal(true);
  });

  it('cuts what is too long, and bears half characters', async () => {
    const long = sampleCall({
      organizationId: 'org_long',
      service: 's'.repeat(100),
      region: 'r'.repeat(100),
      action: `${'a'.repeat(127)}😀`,
      method: 'M'.repeat(99),
      host: '\\'.repeat(500),
      refusal: `\ud83d \\ud83d ${'z'.repeat(500)}`,
      cloudRequestId: 'i'.repeat(500),
      clientAddress: '1'.repeat(99),
    });

    await append('batch_long', [long]);

    const [stored] = await list('org_long');
    expect(stored?.action).to.equal(`${'a'.repeat(127)}\ufffd`);
    expect(stored?.host).to.equal('\\'.repeat(255));
    expect(stored?.refusal).to.equal(`\ufffd \\ud83d ${'z'.repeat(246)}`);
    expect(stored?.clientAddress).to.equal('1'.repeat(64));
    expect(await sum('org_long', ['action'])).to.have.nested.property('[0].by.action', stored?.action);
  });

  it('sums up exactly what was called, whatever is repeated and however it is cut into batches', async () => {
    const random = pseudoRandom(20260304);
    const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
    const calls = Array.from({ length: 400 }, () =>
      sampleCall({
        organizationId: 'org_property',
        at: new Date(Date.parse('2026-03-04T05:00:00Z') + Math.floor(random() * 4 * 3_600_000)),
        accessKeyId: pick(['CGWKEYA', 'CGWKEYB']),
        service: pick(['sqs', 'sns', null]),
        action: pick(['Publish', 'SendMessage', null]),
        status: pick([0, 200, 404, 500]),
        outcome: pick(['answered', 'refused', 'failed']),
        bytesIn: Math.floor(random() * 1e6),
        bytesOut: Math.floor(random() * 1e6),
        durationMs: Math.floor(random() * 1000) / 8,
      }),
    );
    const batches = Array.from({ length: 20 }, (_, n) => ({
      id: `batch_property_${n}`,
      calls: calls.slice(n * 20, n * 20 + 20),
    }));
    const repeated = [...batches, ...batches, ...batches].sort(() => random() - 0.5);

    await Promise.all(repeated.map(({ id, calls: some }) => append(id, some)));

    const total = (field: 'bytesIn' | 'bytesOut' | 'durationMs') =>
      calls.reduce((all, call) => all + call[field], 0);
    expect(await sum('org_property')).to.deep.equal([
      {
        by: {},
        calls: 400,
        refused: calls.filter(({ outcome }) => outcome === 'refused').length,
        failed: calls.filter(
          ({ outcome, status }) => outcome === 'failed' || (outcome === 'answered' && status >= 400),
        ).length,
        bytesIn: total('bytesIn'),
        bytesOut: total('bytesOut'),
        durationMs: Math.round(total('durationMs')),
      },
    ]);
    const grouped = await sum('org_property', ['hour', 'service', 'accessKeyId']);
    expect(grouped.reduce((all, row) => all + row.calls, 0)).to.equal(400);
    for (const { by, calls: counted } of grouped) {
      const meant = calls.filter(
        (call) =>
          call.accessKeyId === by.accessKeyId &&
          (call.service ?? '') === by.service &&
          Math.floor(call.at.getTime() / 3_600_000) * 3_600_000 === by.hour?.getTime(),
      );
      expect(counted).to.equal(meant.length);
    }
  });

  it('sums by any dimension: most calls first, or in the order of hours', async () => {
    const at = (time: string) => new Date(`2026-05-06T${time}Z`);
    await append('batch_by', [
      sampleCall({ organizationId: 'org_by', at: at('10:59:59.999'), service: 'sns' }),
      sampleCall({ organizationId: 'org_by', at: at('11:00:00.000'), service: 'sqs' }),
      sampleCall({
        organizationId: 'org_by',
        at: at('11:30:00.000'),
        service: 'sqs',
        accessKeyId: 'CGWB',
        userId: 'cli_b',
      }),
    ]);

    const byService = await sum('org_by', ['service']);
    expect(byService.map(({ by, calls }) => [by.service, calls])).to.deep.equal([
      ['sqs', 2],
      ['sns', 1],
    ]);
    const byHour = await sum('org_by', ['hour']);
    expect(byHour.map(({ by, calls }) => [by.hour, calls])).to.deep.equal([
      [at('10:00:00'), 1],
      [at('11:00:00'), 2],
    ]);
    expect(await sum('org_by', ['service'], { limit: 1 })).to.have.length(1);
    const widened = await sum('org_by', [], { from: at('10:59:00'), to: at('11:01:00') });
    expect(widened[0]?.calls).to.equal(3);
    expect(await sum('org_by', [], { filters: { userId: 'cli_b' } })).to.have.nested.property('[0].calls', 1);
    expect(await sum('org_by', [], { filters: { service: "' or 1=1 -- " } })).to.deep.equal([]);
    expect(await sum('org_elsewhere', ['service'])).to.deep.equal([]);
  });

  it('lists newest first, a page at a time, by time and then by id', async () => {
    const calls = [3, 1, 2, 2].map((second) =>
      sampleCall({ organizationId: 'org_pages', at: new Date(Date.UTC(2026, 5, 1, 0, 0, second)) }),
    );
    await append('batch_pages', calls);
    const ids = calls.map(({ id }) => id);
    const inOrder = [ids[0], ids[3], ids[2], ids[1]];

    const read: string[] = [];
    for (let beforeId: string | undefined; ; beforeId = read.at(-1)) {
      const page = await list('org_pages', { limit: 1, beforeId });
      if (page.length === 0) break;
      read.push(...page.map(({ id }) => id));
    }

    expect(read).to.deep.equal(inOrder);
    expect(await list('org_pages', { beforeId: 'never_there' })).to.deep.equal([]);
  });

  it('filters calls', async () => {
    const sqs = sampleCall({ organizationId: 'org_filter', service: 'sqs', outcome: 'failed' });
    const unknown = sampleCall({ organizationId: 'org_filter', service: null, region: 'eu-west-1' });
    await append('batch_filter', [sqs, unknown]);

    expect(await list('org_filter', { filters: { service: 'sqs' } })).to.deep.equal([sqs]);
    expect(await list('org_filter', { filters: { service: '' } })).to.deep.equal([unknown]);
    expect(await list('org_filter', { filters: { region: 'eu-west-1' } })).to.deep.equal([unknown]);
    expect(await list('org_filter', { outcome: 'failed' })).to.deep.equal([sqs]);
    expect(await list('org_filter', { to: sqs.at })).to.deep.equal([]);
    expect(await sum('org_filter', [], { filters: { service: '' } })).to.have.nested.property('[0].calls', 1);
  });

  it('purges what is old, a few rows at a time', async () => {
    const old = new Date('2020-01-01T00:30:00Z');
    await append(
      'batch_old',
      [1, 2, 3].map((n) => sampleCall({ at: old, organizationId: `org_old_${n}` })),
    );
    await test.execute(
      "update usage_batches set stored_at = utc_timestamp() - interval 8 day where id = 'batch_old'",
    );
    await test.store.read.usage.addCallCounts({
      minute: old,
      counts: [{ accessKeyId: 'CGWOLD', service: 'sqs', calls: 1 }],
    });
    const before = new Date('2020-01-01T00:30:00.001Z');

    expect(await test.store.read.usage.purge({ before, limit: 2 })).to.deep.equal({
      calls: 2,
      hours: 2,
      batches: 1,
      counts: 1,
    });
    expect(await test.store.read.usage.purge({ before, limit: 2 })).to.deep.equal({
      calls: 1,
      hours: 1,
      batches: 0,
      counts: 0,
    });
  });

  it('adds up the counts of a minute', async () => {
    const minute = new Date('2026-07-07T07:07:00Z');
    const add = (service: string, calls: number) =>
      test.store.read.usage.addCallCounts({ minute, counts: [{ accessKeyId: 'CGWCOUNT', service, calls }] });
    await Promise.all([add('sqs', 2), add('sqs', 3), add('sns', 1)]);
    await test.store.read.usage.addCallCounts({ minute, counts: [] });

    const read = (accessKeyIds: readonly string[], at = minute) =>
      test.store.read.usage.readCallCounts({ minute: at, accessKeyIds });
    expect(await read(['CGWCOUNT', 'CGWOTHER'])).to.have.deep.members([
      { accessKeyId: 'CGWCOUNT', service: 'sqs', calls: 5 },
      { accessKeyId: 'CGWCOUNT', service: 'sns', calls: 1 },
    ]);
    expect(await read(['CGWCOUNT'], new Date('2026-07-07T07:08:00Z'))).to.deep.equal([]);
    expect(await read([])).to.deep.equal([]);
  });
});

// mulberry32: the same sequence in every run, so that a failure can be looked at again.
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
