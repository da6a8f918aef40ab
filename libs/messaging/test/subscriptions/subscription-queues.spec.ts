import { type OutgoingEvent, type SubscriptionDelivery, topology } from '@cloud-gateway/contracts';
import {
  closeBrokerConnections,
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
} from '@cloud-gateway/test-support';
import { type Channel, type ChannelModel, type ConsumeMessage, connect, type GetMessage } from 'amqplib';
import { expect } from 'chai';
import { type BrokerConnection, connectBroker } from '../../src/connection/connect-broker.ts';
import { createEventPublisher, type EventPublisher } from '../../src/events/event-publisher.ts';
import { consumeDropped, type DroppedEvent } from '../../src/subscriptions/consume-dropped.ts';
import {
  openSubscriptionQueues,
  type SubscriptionQueues,
} from '../../src/subscriptions/subscription-queues.ts';
import { testLogger } from '../test-service.ts';

describe('the queues of subscriptions', function () {
  this.timeout(serverStartTimeoutMs);
  let host: Awaited<ReturnType<typeof createTestVirtualHost>>;
  let connection: BrokerConnection;
  let queues: SubscriptionQueues;
  let publisher: EventPublisher;
  let model: ChannelModel;
  let channel: Channel;

  before(async () => {
    host = await createTestVirtualHost();
    connection = await connectBroker({ url: host.url, name: 'test', log: testLogger() });
    queues = await openSubscriptionQueues({ connection, log: testLogger() });
    publisher = await createEventPublisher({ connection, log: testLogger() });
    model = await connect(host.url);
    channel = await model.createChannel();
  });

  after(async () => {
    await model?.close().catch(() => undefined);
    await publisher?.stop();
    await queues?.stop();
    await connection?.close();
    await host?.remove();
  });

  it('get the same message whether it is published or put', async () => {
    const spec = specOf('same');
    await queues.declare(spec);
    await queues.declare(spec);
    await queues.bind(spec.queue, ['v1.ec2.ec2-1.#']);
    await queues.bind(spec.queue, ['v1.ec2.ec2-1.#']);

    await publisher.publish([event(1), event(2, 'ec2-2')]);
    await queues.put(spec.queue, [event(1)]);

    const published = await get(spec.queue);
    const put = await get(spec.queue);
    expect(published?.properties).to.deep.equal(put?.properties);
    expect(published?.content.equals(put?.content ?? Buffer.alloc(0))).to.equal(true);
    expect(published?.properties).to.deep.include({ deliveryMode: 2, messageId: 'evt_1' });
    expect(await get(spec.queue)).to.equal(undefined);
  });

  it('are put to in order, get nothing after they are unbound, and are gone after they are removed', async () => {
    const spec = specOf('life');
    await queues.declare(spec);
    await queues.put(
      spec.queue,
      Array.from({ length: 300 }, (_, index) => event(index)),
    );
    expect(await queues.inspect(spec.queue)).to.deep.equal({ ready: 300, consumers: 0 });
    for (let index = 0; index < 300; index++) {
      expect((await get(spec.queue))?.properties.messageId).to.equal(`evt_${index}`);
    }
    await queues.bind(spec.queue, ['v1.ec2.*.#', 'v1.other.*.#']);
    await queues.unbind(spec.queue, ['v1.ec2.*.#', 'v1.never.bound.#']);
    await publisher.publish([event(1)]);
    expect((await queues.inspect(spec.queue))?.ready).to.equal(0);

    await queues.remove(spec.queue);
    await queues.remove(spec.queue);
    await queues.unbind(spec.queue, ['v1.other.*.#']);
    expect(await queues.inspect(spec.queue)).to.equal(undefined);
    expect(await queues.inspect(topology.subscriptionDeadLetterQueue(spec.queue))).to.equal(undefined);
  });

  it('refuse one thing without harm to what happens beside it', async () => {
    const spec = specOf('beside');
    await queues.declare(spec);
    const outcomes = await Promise.allSettled([
      queues.bind('subscription.none', ['v1.#']),
      queues.declare({ ...spec, delivery: { ...queueDelivery, lengthMax: 7 } }),
      queues.put('subscription.none', [event(1)]),
      queues.inspect('subscription.none'),
      queues.bind(spec.queue, ['v1.ec2.ec2-3.#']),
      queues.put(spec.queue, [event(1)]),
      queues.inspect(spec.queue),
    ]);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).to.deep.equal([
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(outcomes.map((outcome) => 'reason' in outcome && outcome.reason.code).slice(0, 3)).to.deep.equal([
      'not-found',
      'conflict',
      'unavailable',
    ]);
  });

  it('refuse each of several puts at once into a queue that is not there', async () => {
    const puts = Array.from({ length: 3 }, (_, index) => queues.put('subscription.none', [event(index)]));
    const outcomes = await Promise.allSettled(puts);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected']);
  });

  it('can be used again after the connection was cut, and say so while it is', async () => {
    const own = await connectBroker({ url: host.url, name: 'own', log: testLogger() });
    const ownQueues = await openSubscriptionQueues({ connection: own, log: testLogger() });
    const spec = specOf('cut');
    await ownQueues.declare(spec);
    await closeBrokerConnections(host.name);
    await eventually(() => own.isUp() && connection.isUp());
    await eventually(() => ownQueues.put(spec.queue, [event(1)]).then(() => true));
    expect((await ownQueues.inspect(spec.queue))?.ready).to.be.at.least(1);
    await own.close();
    const refusal = await ownQueues.declare(spec).catch((err: { code: string }) => err.code);
    expect(refusal).to.equal('unavailable');
    await ownQueues.stop();
    model = await connect(host.url);
    channel = await model.createChannel();
  });

  it('tell what they dropped: too long, too old, rejected; and their dead-letter queue has it', async () => {
    const dropped: DroppedEvent[] = [];
    let refusals = 1;
    const consumer = await consumeDropped({
      connection,
      log: testLogger(),
      gatherMs: 20,
      onDropped(events) {
        // The first batch comes again.
        if (refusals-- > 0) return Promise.reject(new Error('not now'));
        dropped.push(...events);
        return Promise.resolve();
      },
    });
    const long = specOf('long', { ...queueDelivery, lengthMax: 2 });
    await queues.declare(long);
    await queues.bind(long.queue, ['v1.ec2.ec2-7.#']);
    await publisher.publish([1, 2, 3, 4].map((number) => event(number, 'ec2-7')));
    await eventually(() => dropped.length >= 2);
    expect(dropped).to.deep.equal([1, 2].map((number) => lostEvent(long.subscriptionId, number, 'maxlen')));

    const rejected = await channel.get(long.queue);
    if (rejected) channel.nack(rejected, false, false);
    await eventually(() => dropped.length === 3);
    expect(dropped[2]).to.deep.equal(lostEvent(long.subscriptionId, 3, 'rejected'));
    const deadLetters = topology.subscriptionDeadLetterQueue(long.queue);
    await eventually(async () => (await queues.inspect(deadLetters))?.ready === 3);

    // Ten seconds is the shortest that a subscriber can ask for; nobody wants to wait for it here.
    const old = specOf('old', { ...queueDelivery, ageMaxSeconds: 0.05 });
    await queues.declare(old);
    await queues.bind(old.queue, ['v1.ec2.ec2-7.#']);
    await publisher.publish([event(9, 'ec2-7')]);
    await eventually(() => dropped.some(({ subscriptionId }) => subscriptionId === 'sub_old'));
    expect(dropped.find(({ subscriptionId }) => subscriptionId === 'sub_old')).to.deep.equal(
      lostEvent('sub_old', 9, 'expired'),
    );
    await consumer.stop();
    await eventually(async () => (await queues.inspect(topology.droppedQueue))?.ready === 0);
  });

  it('tell what they dropped also after somebody has deleted where that is told', async () => {
    const dropped: DroppedEvent[] = [];
    const consumer = await consumeDropped({
      connection,
      log: testLogger(),
      gatherMs: 20,
      onDropped(events) {
        dropped.push(...events);
        return Promise.resolve();
      },
    });
    const spec = specOf('deleted', { ...queueDelivery, lengthMax: 1 });
    await queues.declare(spec);
    await channel.deleteQueue(topology.droppedQueue);
    await eventually(async () => (await queues.inspect(topology.droppedQueue))?.consumers === 1);
    await queues.put(spec.queue, [event(1), event(2)]);
    await eventually(() => dropped.length === 1);
    await consumer.stop();
  });

  it('are streams too, which are read again from the first event by each reader', async () => {
    const spec = specOf('stream', { kind: 'stream', bytesMax: 10_000_000, ageMaxSeconds: 3600 });
    await queues.declare(spec);
    await queues.bind(spec.queue, ['v1.ec2.ec2-9.#']);
    await queues.put(spec.queue, [event(1)]);
    await publisher.publish([event(2, 'ec2-9'), event(3, 'ec2-9')]);
    for (let reader = 0; reader < 2; reader++) {
      const read: string[] = [];
      const reading = await model.createChannel();
      await reading.prefetch(10);
      await reading.consume(spec.queue, (message) => take(reading, read, message), {
        arguments: { 'x-stream-offset': 'first' },
      });
      await eventually(() => read.length === 3);
      expect(read).to.deep.equal(['evt_1', 'evt_2', 'evt_3']);
      await reading.close();
    }
  });

  function take(reading: Channel, read: string[], message: ConsumeMessage | null): void {
    if (!message) return;
    read.push(String(message.properties.messageId));
    reading.ack(message);
  }

  async function get(queue: string): Promise<GetMessage | undefined> {
    return (await channel.get(queue, { noAck: true })) || undefined;
  }
});

const queueDelivery = { kind: 'queue', lengthMax: 1_000, ageMaxSeconds: 3600 } as const;

function specOf(name: string, delivery: SubscriptionDelivery = queueDelivery) {
  const subscriptionId = `sub_${name}`;
  return { queue: topology.subscriptionQueue('cli_1', subscriptionId), subscriptionId, delivery };
}

function event(number: number, account = 'ec2-1'): OutgoingEvent {
  return {
    id: `evt_${number}`,
    routingKey: `v1.ec2.${account}.us-east-1.instance.state.running`,
    type: 'cloud-gateway.resource.state.v1',
    source: '/v1/clouds/ec2',
    subject: `i-${number}`,
    time: '2026-11-22T00:00:00.000Z',
    payload: JSON.stringify({ number }),
  };
}

function lostEvent(subscriptionId: string, number: number, reason: DroppedEvent['reason']): DroppedEvent {
  const { id: eventId, routingKey, payload } = event(number, 'ec2-7');
  return { subscriptionId, eventId, routingKey, reason, payload };
}
