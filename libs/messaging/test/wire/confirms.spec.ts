import { EventEmitter } from 'node:events';
import type { ConfirmChannel } from 'amqplib';
import { expect } from 'chai';
import { watchConfirms } from '../../src/wire/confirms.ts';

describe('watchConfirms', () => {
  function open() {
    const channel = new EventEmitter();
    const confirms = watchConfirms(channel as unknown as ConfirmChannel);
    const outcomes: string[] = [];
    return {
      outcomes,
      publish: (name: string, count: number) =>
        void confirms.next(count).then(
          () => outcomes.push(`${name} confirmed`),
          (err: Error) => outcomes.push(`${name}: ${err.message}`),
        ),
      async say(what: 'ack' | 'nack' | 'close', deliveryTag = 0, multiple = false) {
        channel.emit(what, { deliveryTag, multiple });
        await new Promise(setImmediate);
      },
    };
  }

  it('resolves when a whole list and all before it are confirmed, in whatever order', async () => {
    const { publish, say, outcomes } = open();
    publish('a', 3);
    publish('b', 2);
    await say('ack', 5);
    await say('ack', 2);
    await say('ack', 1);
    expect(outcomes).to.deep.equal([]);
    await say('ack', 3);
    expect(outcomes).to.deep.equal(['a confirmed']);
    await say('ack', 4);
    expect(outcomes).to.deep.equal(['a confirmed', 'b confirmed']);
    publish('c', 1_000);
    await say('ack', 1_004, true);
    expect(outcomes).to.have.length(2);
    await say('ack', 1_005, true);
    expect(outcomes.at(-1)).to.equal('c confirmed');
  });

  it('rejects the list with a refused message, and no other', async () => {
    const { publish, say, outcomes } = open();
    publish('a', 2);
    publish('b', 2);
    publish('c', 2);
    await say('nack', 3);
    await say('ack', 6, true);
    expect(outcomes).to.deep.equal(['b: the broker has refused a message', 'a confirmed', 'c confirmed']);
  });

  it('rejects everything when the channel is closed', async () => {
    const { publish, say, outcomes } = open();
    publish('a', 2);
    await say('close');
    publish('b', 1);
    await say('close');
    expect(outcomes).to.deep.equal(['a: the channel is closed', 'b: the channel is closed']);
  });
});
