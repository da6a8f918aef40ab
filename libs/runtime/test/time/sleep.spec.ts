import { expect } from 'chai';
import { sleep } from '../../src/time/sleep.ts';

describe('sleep', () => {
  it('waits', async () => {
    const startedAtMs = performance.now();

    await sleep(20);

    expect(performance.now() - startedAtMs).to.be.at.least(19);
  });

  it('ends at once with an AbortError when the signal is aborted', async () => {
    const aborting = new AbortController();
    const sleeping = sleep(60_000, aborting.signal).catch((err: unknown) => err);

    aborting.abort(new Error('stopping'));

    expect(await sleeping)
      .to.include({ name: 'AbortError' })
      .and.have.nested.property('cause.message', 'stopping');
  });

  it('does not end at once when it is longer than a timer can be', async () => {
    const aborting = new AbortController();
    let woken = false;
    const sleeping = sleep(2 ** 40, aborting.signal).then(
      () => {
        woken = true;
      },
      () => {},
    );

    await sleep(10);
    aborting.abort();
    await sleeping;

    expect(woken).to.equal(false);
  });
});
