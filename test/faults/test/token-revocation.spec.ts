import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Answer, type ApiClient, servedBody } from '../src/api-client.ts';
import { type SharedWorld, startSharedWorld } from '../src/start-shared-world.ts';

interface Use {
  readonly beganAtMs: number;
  readonly answer: Answer;
}

describe('a revoked token', function () {
  this.timeout(serverStartTimeoutMs);
  let world: SharedWorld;

  before(async () => {
    world = await startSharedWorld({
      processes: { credentials: 2, 'cloud-adapter': 2 },
    });
  });
  after(async () => {
    if (world) expect(await world.stop(), 'dead letters').to.equal(0);
  });

  it('is refused everywhere within a second, while it is in use at every process', async () => {
    await expectRefusedWithinASecond();
  });

  it('is refused everywhere within a second, while nobody relays events', async () => {
    for (const poller of world.running('poller')) await poller.kill('SIGKILL');
    await expectRefusedWithinASecond();
  });

  async function expectRefusedWithinASecond(): Promise<void> {
    const token = await world.authenticate();
    const uses = useEverywhere(token);
    await uses.servedByAll();
    const revocation = await token.send({ method: 'DELETE', path: '/v1/tokens/current' });
    const revokedAtMs = performance.now();
    servedBody(revocation);
    await sleep(2_000); // The promise is about a time.
    const all = await uses.stop();

    const served = all.filter(({ answer }) => answer.kind === 'answer' && answer.status === 200);
    const others = all.filter((use) => !served.includes(use));
    const lastServedMs = Math.max(...served.map(({ beganAtMs }) => beganAtMs)) - revokedAtMs;
    expect(lastServedMs, 'ms from the revocation to the last request that was served').to.be.below(1000);
    for (const { answer } of others) expect(answer).to.deep.include({ kind: 'answer', status: 401 });
    expect(others, 'requests that were refused').to.not.have.length(0);
  }

  /** Sends reads with the token to both services until stopped. */
  function useEverywhere(token: ApiClient) {
    const paths = [`/v1/clouds/ec2/accounts/${world.account}/instances`, '/v1/tokens/current'];
    const uses: Use[] = [];
    let stopped = false;
    const workers = [...paths, ...paths].map(async (path) => {
      while (!stopped) {
        const beganAtMs = performance.now();
        uses.push({ beganAtMs, answer: await token.send({ method: 'GET', path }) });
        await sleep(10);
      }
    });
    return {
      /** Every process has served it now. */
      async servedByAll() {
        const counts = () =>
          Promise.all(
            (['cloud-adapter', 'credentials'] as const).flatMap((service) =>
              world.running(service).map((one) => one.metric('gateway_request_seconds_count')),
            ),
          );
        const before = await counts();
        await eventually(async () => {
          const served = (await counts()).map((count, index) => count - (before[index] ?? 0));
          expect(Math.min(...served), `served by each: ${served.join(', ')}`).to.be.at.least(3);
          return true;
        });
      },
      async stop() {
        stopped = true;
        await Promise.all(workers);
        return uses;
      },
    };
  }
});
