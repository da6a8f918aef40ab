import { createTestClock } from '@cloud-gateway/clock';
import { eventually, silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startSweep } from '../src/start-sweep.ts';

describe('startSweep', () => {
  const day = 24 * 3_600_000;
  const nowMs = Date.parse('2026-03-01T00:00:00Z');

  function setUp(tokenCounts: (number | Error)[]) {
    const asked = {
      expiredBefore: [] as Date[],
      leasedBefore: [] as Date[],
      usageBefore: [] as Date[],
    };
    const usageCounts = [
      { calls: 3, hours: 500 },
      { calls: 0, hours: 1 },
    ];
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };
    const purgeTokens = async ({ expiredBefore }: { expiredBefore: Date }) => {
      asked.expiredBefore.push(expiredBefore);
      const count = tokenCounts.shift() ?? 0;
      if (count instanceof Error) throw count;
      return count;
    };
    const purgeOutcomes = async ({ leasedBefore }: { leasedBefore: Date }) => {
      asked.leasedBefore.push(leasedBefore);
      return 0;
    };
    const purgeUsage = async ({ before }: { before: Date }) => {
      asked.usageBefore.push(before);
      return usageCounts.shift() ?? { calls: 0, hours: 0 };
    };
    // Nothing else of the three repositories is called.
    const read = {
      tokens: { purge: purgeTokens },
      idempotency: { purge: purgeOutcomes },
      usage: { purge: purgeUsage },
    } as never;
    const sweep = startSweep({
      store: { read },
      clock: createTestClock(nowMs),
      log,
      usageRetentionMs: 90 * day,
      outcomeRetentionMs: 7 * day,
      intervalMs: 1,
    });
    return { sweep, asked, warnings };
  }

  it('deletes tokens expired a month ago and outcomes a week old, until nothing is left', async () => {
    const { sweep, asked } = setUp([500, 500, 7]);
    await eventually(() => asked.leasedBefore.length > 0);
    await sweep.stop();

    expect(asked.expiredBefore.length).to.be.at.least(3);
    expect(asked.expiredBefore[0]).to.deep.equal(new Date(nowMs - 30 * day));
    expect(asked.leasedBefore[0]).to.deep.equal(new Date(nowMs - 7 * day));
  });

  it('deletes usage older than its retention, until every table is done', async () => {
    const { sweep, asked } = setUp([]);
    await eventually(() => asked.usageBefore.length > 1);
    await sweep.stop();

    expect(asked.usageBefore[0]).to.deep.equal(new Date(nowMs - 90 * day));
  });

  it('goes on after a failure', async () => {
    const { sweep, asked, warnings } = setUp([new Error('away')]);
    await eventually(() => asked.leasedBefore.length > 0);
    await sweep.stop();

    expect(warnings).to.deep.equal(['a sweep failed']);
  });
});
