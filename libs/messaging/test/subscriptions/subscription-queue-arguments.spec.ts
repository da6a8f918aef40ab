import { expect } from 'chai';
import { subscriptionQueueArguments } from '../../src/subscriptions/subscription-queue-arguments.ts';

describe('subscriptionQueueArguments', () => {
  it('leave it to a webhook how often an event is tried: the broker counts each time that it is given back', () => {
    const delivery = { url: 'https://example.com/', timeoutSeconds: 10, lengthMax: 5, ageMaxSeconds: 60 };
    const argumentsOf = subscriptionQueueArguments('sub_1', { kind: 'webhook', ...delivery });
    // RabbitMQ 4 gives up after 20 of them where nothing is said.
    expect(argumentsOf['x-delivery-limit']).to.be.at.least(1_000_000);
    expect(argumentsOf).to.include({ 'x-max-length': 5, 'x-message-ttl': 60_000 });
  });
});
