import { expect } from 'chai';
import { sleep } from '../../src/time/sleep.ts';
import { withDeadline } from '../../src/time/with-deadline.ts';

describe('withDeadline', () => {
  const late = (): Error => new Error('late');

  it('gives what the promise gives', async () => {
    expect(await withDeadline(Promise.resolve(7), 1000, late)).to.equal(7);
  });

  it('passes on a rejection', async () => {
    const err: unknown = await withDeadline(Promise.reject(new Error('no')), 1000, late).catch(
      (reason: unknown) => reason,
    );

    expect(err).to.have.property('message', 'no');
  });

  it('rejects after the deadline, and drops a rejection that comes later', async () => {
    const failsLater = sleep(15).then(() => {
      throw new Error('too late to matter');
    });

    const err: unknown = await withDeadline(failsLater, 5, late).catch((reason: unknown) => reason);
    await sleep(20);

    expect(err).to.have.property('message', 'late');
  });
});
