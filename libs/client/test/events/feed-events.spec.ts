import { expect } from 'chai';
import { feedEvents } from '../../src/events/feed-events.ts';
import type { Subscription } from '../../src/events/subscription.ts';

describe('feedEvents', () => {
  it('ends with what no waiting mends: the address of a broker that is none', async () => {
    const wrong = new TypeError('The address of the broker must be an amqp:// or amqps:// URL');
    const outcome: unknown = await feedEvents(
      {
        call: () => Promise.reject(new Error('nobody is asked')),
        login: () => Promise.reject(wrong),
        connect: () => Promise.reject(new Error('nobody is connected to')),
      },
      {
        subscription: {} as Subscription,
        options: {},
        signal: AbortSignal.timeout(5_000),
        lastOffset: () => undefined,
        onOpen() {},
        onDelivery() {},
        onLost() {},
      },
    ).catch((error: unknown) => error);

    expect(outcome).to.equal(wrong);
  });
});
