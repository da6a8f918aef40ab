import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { repeatEvery } from '../src/repeat-every.ts';

describe('repeatEvery', () => {
  it('runs again and again, one run at a time', async () => {
    let runs = 0;
    let atOnce = 0;
    let atOnceMax = 0;
    const repetition = repeatEvery(1, async () => {
      runs += 1;
      atOnce += 1;
      atOnceMax = Math.max(atOnceMax, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 5));
      atOnce -= 1;
    });

    await eventually(() => runs >= 5);
    await repetition.stop();

    expect(atOnceMax).to.equal(1);
    expect(atOnce).to.equal(0);
  });

  it('waits for the run under way when it is stopped, and starts no other', async () => {
    let runs = 0;
    let end = () => {};
    const repetition = repeatEvery(1, () => {
      runs += 1;
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    await eventually(() => runs === 1);
    let isStopped = false;
    const stopped = repetition.stop().then(() => {
      isStopped = true;
    });
    await new Promise(setImmediate);
    expect(isStopped).to.equal(false);

    end();
    await stopped;

    expect(runs).to.equal(1);
  });

  it('never starts when it is stopped at once', async () => {
    await repeatEvery(1, () => Promise.reject(new Error('ran'))).stop();
  });
});
