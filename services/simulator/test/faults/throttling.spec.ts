import { expect } from 'chai';
import { createThrottling, throttlingSchema } from '../../src/faults/throttling.ts';

describe('createThrottling', () => {
  const charge = { accountId: '1', region: 'r', action: 'A', bucketClass: 'mutating', tokens: 1 } as const;
  const setUp = () => {
    let nowMs = 0;
    const throttling = createThrottling(() => nowMs);
    throttling.set(
      throttlingSchema.parse({ enabled: true, buckets: { mutating: { size: 3, refillPerSecond: 2 } } }),
    );
    return { throttling, wait: (ms: number) => (nowMs += ms) };
  };

  it('is off at first', () => {
    expect(createThrottling(() => 0).take({ ...charge, tokens: 1e9 })).to.equal(true);
  });

  it('takes what is there, refuses the rest without taking, and refills up to its size', () => {
    const { throttling, wait } = setUp();

    expect(throttling.take({ ...charge, tokens: 2 })).to.equal(true);
    expect(throttling.take({ ...charge, tokens: 2 })).to.equal(false);
    expect(throttling.take(charge)).to.equal(true);
    expect(throttling.take(charge)).to.equal(false);
    wait(500);
    expect(throttling.take(charge)).to.equal(true);
    wait(1e9);
    expect(throttling.take({ ...charge, tokens: 4 })).to.equal(false);
    expect(throttling.take({ ...charge, tokens: 3 })).to.equal(true);
  });

  it('tells what each bucket allowed and refused, and how near it came to its end', () => {
    const { throttling } = setUp();
    throttling.take({ ...charge, tokens: 2 });
    throttling.take({ ...charge, tokens: 2 });
    throttling.take({ ...charge, action: 'B' });

    const place = { accountId: '1', region: 'r', bucketClass: 'mutating' };
    expect(throttling.uses()).to.deep.equal([
      { ...place, action: 'A', allowed: 1, refused: 1, fewestTokens: 1 },
      { ...place, action: 'B', allowed: 1, refused: 0, fewestTokens: 2 },
    ]);
    throttling.set(throttlingSchema.parse({ enabled: true }));
    expect(throttling.uses()).to.deep.equal([]);
  });

  it('keeps accounts, regions, actions and classes apart', () => {
    const { throttling } = setUp();
    throttling.take({ ...charge, tokens: 3 });

    expect(throttling.take(charge)).to.equal(false);
    for (const other of [
      { accountId: '2' },
      { region: 's' },
      { action: 'B' },
      { bucketClass: 'tags' as const },
    ]) {
      expect(throttling.take({ ...charge, ...other })).to.equal(true);
    }
  });
});
