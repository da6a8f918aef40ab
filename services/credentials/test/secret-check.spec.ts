import { expect } from 'chai';
import { createSecretCheck } from '../src/secret-check.ts';

describe('createSecretCheck', () => {
  /** Checks that end when they are told to. */
  function start() {
    const check = createSecretCheck({ atOnceMax: 2, waitingMax: 1 });
    const ends: (() => void)[] = [];
    const begin = () => check(() => new Promise<string>((resolve) => ends.push(() => resolve('done'))));
    return { check, ends, begin };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('runs a few at once, lets some wait, and refuses what is beyond that', async () => {
    const { ends, begin } = start();
    const [first, second, third] = [begin(), begin(), begin()];
    const refusal: unknown = await begin().catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'overloaded', retryAfterMs: 1_000 });
    expect(ends).to.have.length(2);

    ends[0]?.();
    await first;
    await settled();
    expect(ends, 'the one that waited').to.have.length(3);
    for (const end of ends) end();
    expect(await Promise.all([second, third])).to.deep.equal(['done', 'done']);
  });

  it('gives a place back after a failure too', async () => {
    const { check, ends, begin } = start();
    for (let count = 0; count < 5; count++)
      await check(() => Promise.reject(new Error('no'))).catch(() => undefined);
    const both = [begin(), begin()];
    await settled();
    expect(ends).to.have.length(2);
    for (const end of ends) end();
    await Promise.all(both);
  });
});
