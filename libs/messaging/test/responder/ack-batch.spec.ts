import { expect } from 'chai';
import { createAckBatch } from '../../src/responder/ack-batch.ts';

describe('createAckBatch', () => {
  let acks: [tag: number, allUpTo: boolean][];
  let batch: ReturnType<typeof createAckBatch>;
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    acks = [];
    batch = createAckBatch({ ack: (tag, allUpTo) => void acks.push([tag, allUpTo]) });
  });

  it('acknowledges all that is settled without a gap, once per turn', async () => {
    for (const tag of [1, 2, 3]) batch.delivered(tag);
    batch.settled(2);
    batch.settled(1);
    await turn();
    batch.settled(3);
    await turn();

    expect(acks).to.deep.equal([
      [2, true],
      [3, true],
    ]);
  });

  it('acknowledges nothing behind a request that is still under way', async () => {
    for (const tag of [1, 2]) batch.delivered(tag);
    batch.settled(2);
    await turn();

    expect(acks).to.deep.equal([]);
  });

  it('does not let one slow request hold back a hundred', async () => {
    for (let tag = 1; tag <= 101; tag++) batch.delivered(tag);
    for (let tag = 2; tag <= 101; tag++) batch.settled(tag);
    await turn();
    batch.settled(1);
    await turn();

    expect(acks).to.have.length(101);
    expect(acks[0]).to.deep.equal([2, false]);
    expect(acks[100]).to.deep.equal([1, true]);
  });

  it('survives a channel that is gone', async () => {
    const broken = createAckBatch({
      ack: () => {
        throw new Error('closed');
      },
    });
    broken.delivered(1);
    broken.settled(1);
    await turn();
  });
});
