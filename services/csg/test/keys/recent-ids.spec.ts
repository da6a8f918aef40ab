import { createTestClock } from '@cloud-gateway/clock';
import { expect } from 'chai';
import { createRecentIds } from '../../src/keys/recent-ids.ts';

describe('recent ids', () => {
  it('are kept for a while', () => {
    const clock = createTestClock(0);
    const ids = createRecentIds({ clock, keepMs: 1000, idsMax: 10 });
    ids.add('a');
    clock.advance(999);
    expect(ids.has('a')).to.equal(true);
    expect(ids.has('b')).to.equal(false);
    clock.advance(1);
    expect(ids.has('a')).to.equal(false);
  });

  it('are bounded: the oldest goes first', () => {
    const ids = createRecentIds({ clock: createTestClock(0), keepMs: 1000, idsMax: 2 });
    for (const id of ['a', 'b', 'a', 'c']) ids.add(id);
    expect(['a', 'b', 'c'].map((id) => ids.has(id))).to.deep.equal([true, false, true]);
  });
});
