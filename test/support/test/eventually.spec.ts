import { expect } from 'chai';
import { eventually } from '../src/eventually.ts';

describe('eventually', () => {
  const soon = { timeoutMs: 60, intervalMs: 1 };

  it('returns the first answer that is neither false nor undefined', async () => {
    const answers = [false, undefined, 0, 1];

    const answer = await eventually<number | boolean | undefined>(() => answers.shift(), soon);

    expect(answer).to.equal(0);
  });

  it('asks again after a throw and after a rejection', async () => {
    let attempts = 0;

    const answer = await eventually(async () => {
      attempts++;
      if (attempts < 3) throw new Error('not yet');
      return attempts;
    }, soon);

    expect(answer).to.equal(3);
  });

  it('throws the last error when the time is up, with what was waited for', async () => {
    const error = await eventually(
      () => {
        expect(1).to.equal(2);
      },
      { ...soon, message: 'Never equal' },
    ).catch((err: unknown) => err);

    expect(error)
      .to.be.an('error')
      .with.property('message', 'Never equal after 60 ms: expected 1 to equal 2');
    expect(error).to.include({ actual: 1, expected: 2 });
  });

  it('says so when the answer stayed false', async () => {
    const error = await eventually(() => false, soon).catch(String);

    expect(error).to.equal('Error: Not true after 60 ms: the answer was still false');
  });
});
