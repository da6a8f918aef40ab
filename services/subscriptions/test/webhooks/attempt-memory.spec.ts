import { expect } from 'chai';
import { createAttemptMemory } from '../../src/webhooks/attempt-memory.ts';

describe('createAttemptMemory', () => {
  it('goes on counting the attempts of an event, and forgets the oldest of too many', () => {
    const memory = createAttemptMemory(2);
    memory.of('a', 1).count = 3;
    memory.of('b', 2).count = 1;

    expect(memory.of('a', 9)).to.include({ count: 3, firstAtMs: 1 });
    memory.of('c', 9);
    expect(memory.of('a', 9).count).to.equal(3);
    expect(memory.of('b', 9)).to.include({ count: 0, firstAtMs: 9 });
    memory.forget('b');
    expect(memory.of('b', 10).firstAtMs).to.equal(10);
  });

  it('tells once that an event was done with', () => {
    const memory = createAttemptMemory(2);
    for (const id of ['a', 'b', 'c']) memory.noteDone(id);

    expect(['a', 'b', 'b', 'c'].map((id) => memory.takeDone(id))).to.deep.equal([false, true, false, true]);
  });
});
