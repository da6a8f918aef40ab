import { createTestClock } from '@cloud-gateway/clock';
import { expect } from 'chai';
import { createAccountLanes } from '../../src/webhooks/account-lanes.ts';

describe('createAccountLanes', () => {
  const clock = createTestClock(0);
  beforeEach(() => clock.set(0));
  const lanesWith = (...keys: string[]) => {
    const lanes = createAccountLanes<number>(clock);
    for (const [index, key] of keys.entries()) lanes.add(key, index);
    return lanes;
  };
  const delivered = { isDelivered: true };

  it('give one event of each account at a time, and the next when that is done with', () => {
    const lanes = lanesWith('a', 'a', 'b');

    expect(lanes.take(0)).to.deep.equal({ key: 'a', item: 0 });
    expect(lanes.take(0)).to.deep.equal({ key: 'b', item: 2 });
    expect(lanes.take(0)).to.equal(undefined);
    lanes.finish('a', delivered);
    expect(lanes.take(0)).to.deep.equal({ key: 'a', item: 1 });
  });

  it('let each account have its turn', () => {
    const lanes = lanesWith('a', 'a', 'a', 'b', 'c');
    const taken = [];
    for (let turn = lanes.take(0); turn; turn = lanes.take(0)) {
      taken.push(turn.key);
      lanes.finish(turn.key, delivered);
    }

    expect(taken).to.deep.equal(['a', 'b', 'c', 'a', 'a']);
  });

  it('keep what is put back first in its lane, until its time', () => {
    const lanes = lanesWith('a', 'a');
    lanes.take(0);
    lanes.putBack('a', 0, 50);

    expect(lanes.take(49)).to.equal(undefined);
    expect(lanes.nextAtMs()).to.equal(50);
    expect(lanes.take(50)).to.deep.equal({ key: 'a', item: 0 });
    expect(lanes.nextAtMs()).to.equal(undefined);
  });

  it('keep a lane closed for what is under way while all else is taken away', () => {
    const lanes = lanesWith('a', 'a', 'b');
    lanes.take(0);
    lanes.clear();
    lanes.add('a', 7);

    expect(lanes.heads()).to.deep.equal([7]);
    expect(lanes.take(0)).to.equal(undefined);
    lanes.putBack('a', undefined, 10);
    expect(lanes.take(0)).to.equal(undefined);
    expect(lanes.take(10)).to.deep.equal({ key: 'a', item: 7 });
  });

  it('name the largest of those that fail when they hold too much, until it is delivered', () => {
    const lanes = lanesWith('a', 'a', 'a', 'b', 'b', 'c');
    expect(lanes.crowdingKey(2)).to.equal(undefined);
    lanes.take(0);
    lanes.take(0);
    lanes.putBack('a', 0, 1_000);
    clock.set(5);
    lanes.putBack('b', 3, 1_000);

    expect(lanes.crowdingKey(5)).to.equal(undefined);
    expect(lanes.crowdingKey(4)).to.equal('a');
    expect(lanes.failingSinceMs('a')).to.equal(0);
    lanes.hurry('a');
    lanes.take(5); // c
    expect(lanes.take(5)).to.deep.equal({ key: 'a', item: 0 });
    lanes.finish('a', { isDelivered: false });
    expect(lanes.failingSinceMs('a')).to.equal(0);
    lanes.take(5);
    lanes.finish('a', delivered);
    expect(lanes.failingSinceMs('a')).to.equal(undefined);
    expect(lanes.crowdingKey(2)).to.equal(undefined);
  });
});
