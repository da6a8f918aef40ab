import type { AdministrativeEvent } from '@cloud-gateway/contracts';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Answer, isRetryable, problemOf } from '../src/api-client.ts';
import { instancesByKey, launchCall, launchedInstance } from '../src/launches.ts';
import { type SharedWorld, startSharedWorld } from '../src/start-shared-world.ts';

describe('a cloud whose clock goes wrong', function () {
  this.timeout(serverStartTimeoutMs);
  let world: SharedWorld;
  let launchCount = 0;

  before(async () => {
    world = await startSharedWorld();
  });
  after(async () => {
    if (world) expect(await world.stop(), 'dead letters').to.equal(0);
  });

  for (const [direction, sign] of [
    ['ahead', 1],
    ['behind', -1],
  ] as const) {
    it(`is served at 300 s ${direction}, refused at 301 s with an event, and served again with another`, async () => {
      world.simulator.setClockOffsetSeconds(sign * 300);
      launchedInstance([(await launchWithinOneSecond()).answer]);

      world.simulator.setClockOffsetSeconds(sign * 301);
      const { key, answer } = await launchWithinOneSecond();
      expect(problemOf(answer)).to.include({ code: 'cloud-clock-skew', status: 502, retryable: true });
      expect(instancesByKey(world).has(key), 'it was not carried out').to.equal(false);
      const skew = await news('cloud.clock-skew');
      expect(skew.details).to.include({
        cloud: 'ec2',
        endpoint: world.simulator.url,
        skewSeconds: sign * 301,
      });
      const path = `/v1/clouds/ec2/accounts/${world.account}/instances`;
      expect(await world.api.send({ method: 'GET', path }), 'a read, from the store').to.include({
        status: 200,
      });

      world.simulator.setClockOffsetSeconds(0);
      const answers = await world.api.sendUntilServed(launchCall(world, key));
      expect(answers, 'served at once').to.have.length(1);
      expect(instancesByKey(world).get(key)).to.deep.equal([launchedInstance(answers).cloudId]);
      expect((await news('cloud.clock-in-sync')).details).to.include({ endpoint: world.simulator.url });
    });
  }

  let readSoFar = 0;
  /** The next event of this subject; repetitions are dropped. */
  async function news(subject: AdministrativeEvent['subject']): Promise<AdministrativeEvent> {
    let found: AdministrativeEvent | undefined;
    await world.events.until((arrived) => {
      const once = [...new Map(arrived.map((event) => [event.id, event])).values()];
      // Others may lie between: who asks over the turn of a second sees 300 s where there are 301.
      const at = once.findIndex(({ payload }, index) => index >= readSoFar && isAbout(payload, subject));
      if (at < 0) return false;
      found = once[at]?.payload as AdministrativeEvent;
      readSoFar = at + 1;
      return true;
    });
    return found as AdministrativeEvent;
  }

  // The clocks on the wire have whole seconds: over the turn of a second, a second more is in sync.
  async function launchWithinOneSecond(): Promise<{ key: string; answer: Answer }> {
    for (;;) {
      await eventually(() => Date.now() % 1000 < 200, { intervalMs: 5 });
      const second = Math.floor(Date.now() / 1000);
      launchCount += 1;
      const key = `clock-${launchCount}`;
      const answer = await world.api.send(launchCall(world, key));
      if (Math.floor(Date.now() / 1000) === second) return { key, answer };
      if (isRetryable(answer)) await world.api.send(launchCall(world, key)).catch(() => undefined);
    }
  }
});

function isAbout(payload: unknown, subject: AdministrativeEvent['subject']): boolean {
  return (payload as { subject?: unknown }).subject === subject;
}
