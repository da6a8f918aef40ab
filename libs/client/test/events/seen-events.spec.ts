import { expect } from 'chai';
import { createSeenEvents } from '../../src/events/seen-events.ts';

describe('createSeenEvents', () => {
  it('knows an event by its id, and forgets the oldest beyond its memory', () => {
    const seen = createSeenEvents({ memory: 2 });
    const answers = ['a', 'b', 'a', 'c', 'b', 'a'].map((id) => seen.remember(id));
    expect(answers).to.deep.equal([true, true, false, true, false, true]);
  });
});
