import { expect } from 'chai';
import { tellDisconnects } from '../../src/events/tell-disconnects.ts';

describe('tellDisconnects', () => {
  it('tells each reason once a minute', () => {
    const world = { nowMs: 1_000 };
    const told: string[] = [];
    const tell = tellDisconnects(
      (text) => told.push(text),
      () => world.nowMs,
    );
    for (const reason of ['It is away.', 'It is away.', 'It refuses.', 'It is away.', 'It is away.'])
      tell(new Error(reason));
    world.nowMs += 60_000;
    tell(new Error('It is away.'));

    const line = (reason: string) => `No events for now: ${reason}. Trying again; events wait.`;
    expect(told).to.deep.equal(['It is away', 'It refuses', 'It is away', 'It is away'].map(line));
  });
});
