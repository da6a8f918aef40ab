import { createTestClock } from '@cloud-gateway/clock';
import { createLogger } from '@cloud-gateway/runtime';
import type { ResourceDocument } from '@cloud-gateway/store';
import { expect } from 'chai';
import { waitForStable } from '../src/wait-for-stable.ts';

const inState = (state: string) => ({ state }) as ResourceDocument;
const log = createLogger({ service: 'test', level: 'error' });
const isStable = ({ state }: ResourceDocument) => state === 'running';

describe('waitForStable', () => {
  it('gives the first stable state, although a look fails on the way', async () => {
    const answers = [
      () => {
        throw new Error('throttled');
      },
      () => inState('running'),
    ];

    const last = await waitForStable(inState('pending'), {
      look: async () => answers.shift()?.() ?? null,
      isStable,
      untilMs: Date.now() + 60_000,
      clock: { nowMs: Date.now },
      log,
    });

    expect(last.state).to.equal('running');
  });

  it('gives what is known when the time is up, without another look', async () => {
    const clock = createTestClock(1_000_000);
    let looks = 0;

    const last = await waitForStable(inState('pending'), {
      look: async () => {
        looks += 1;
        clock.advance(10_000);
        return inState('starting');
      },
      isStable,
      untilMs: 1_000_000 + 5_000,
      clock,
      log,
    });

    expect(last.state).to.equal('starting');
    expect(looks).to.equal(1);
  });
});
