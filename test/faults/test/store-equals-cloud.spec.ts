import { publishedAccountId } from '@cloud-gateway/store';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { comeToRest } from '../src/property/come-to-rest.ts';
import { expectAgreement } from '../src/property/expect-agreement.ts';
import { expectOnePerKey } from '../src/property/expect-one-per-key.ts';
import { expectTruthfulEvents } from '../src/property/expect-truthful-events.ts';
import { createSyncFollower, type SyncFollower } from '../src/property/follow-sync.ts';
import { type PropertyWorld, startPropertyWorld } from '../src/property/property-world.ts';
import { runSteps } from '../src/property/run-steps.ts';
import { readRunSettings } from '../src/property/settings.ts';

const { seeds, steps, isPatient, isLoud } = readRunSettings();

describe('the store, after a random interleaving of writes, changes, lies and deaths', function () {
  this.timeout(serverStartTimeoutMs + (isPatient ? 300_000 : 60_000));
  let property: PropertyWorld;
  let followers: readonly SyncFollower[];
  let judged = 0;

  before(start);
  // What one seed has broken is not another one's.
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await property.stop();
    await start();
  });
  after(async () => {
    if (property) expect(await property.stop(), 'dead letters').to.equal(0);
  });

  async function start(): Promise<void> {
    property = await startPropertyWorld();
    const { api, account } = property.world;
    await comeToRest(property.world, { timeoutMs: 10_000 });
    followers = [createSyncFollower(api, account), createSyncFollower(api, publishedAccountId('ec2'))];
    judged = 0;
  }

  for (const seed of seeds) {
    it(`equals the cloud, and told no lie on the way (seed ${seed})`, async () => {
      const journal = startJournal();
      try {
        const writes = await runSteps(property, { seed, steps, isPatient, followers, note: journal.note });
        await comeToRest(property.world, { timeoutMs: 90_000 });
        await expectAgreement(property, followers, { timeoutMs: 20_000 });
        expectOnePerKey(property.witness, writes);
        judged = await expectTruthfulEvents(property, judged);
      } catch (err) {
        throw new Error(`Seed ${seed}: ${told(err)}\n${journal.lines().join('\n')}`, { cause: err });
      }
    });
  }

  function startJournal() {
    const startMs = performance.now();
    const lines: string[] = [];
    const note = (line: string) => {
      lines.push(`${((performance.now() - startMs) / 1000).toFixed(2)} ${line}`);
      if (isLoud) process.stdout.write(`${lines.at(-1)}\n`);
    };
    return { note, lines: () => lines };
  }
});

/** With the list of what is wrong, which chai would only show as a difference. */
function told(err: unknown): string {
  const { message, actual } = err as { message?: string; actual?: unknown };
  return [message ?? String(err), ...(Array.isArray(actual) ? actual.map(String) : [])].join('\n  ');
}
