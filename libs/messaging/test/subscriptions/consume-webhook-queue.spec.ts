import {
  closeBrokerConnections,
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type BrokerConnection, connectBroker } from '../../src/connection/connect-broker.ts';
import {
  consumeWebhookQueue,
  type WebhookDelivery,
  type WebhookQueueConsumer,
} from '../../src/subscriptions/consume-webhook-queue.ts';
import {
  openSubscriptionQueues,
  type SubscriptionQueues,
} from '../../src/subscriptions/subscription-queues.ts';
import { testLogger } from '../test-service.ts';

describe('consumeWebhookQueue', function () {
  this.timeout(serverStartTimeoutMs);
  let host: Awaited<ReturnType<typeof createTestVirtualHost>>;
  let connection: BrokerConnection;
  let queues: SubscriptionQueues;
  const consumers: WebhookQueueConsumer[] = [];

  before(async () => {
    host = await createTestVirtualHost();
    connection = await connectBroker({ url: host.url, name: 'test', log: testLogger() });
    queues = await openSubscriptionQueues({ connection, log: testLogger() });
  });
  afterEach(async () => {
    await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
  });
  after(async () => {
    await queues?.stop();
    await connection?.close();
    await host?.remove();
  });

  let queueCount = 0;
  async function newQueue(): Promise<string> {
    queueCount += 1;
    const subscriptionId = `sub_${queueCount}`;
    const queue = `webhook.${subscriptionId}`;
    const limits = { lengthMax: 1_000, ageMaxSeconds: 600, timeoutSeconds: 10 };
    const delivery = { kind: 'webhook', url: 'https://receiver.example/', ...limits } as const;
    await queues.declare({ queue, subscriptionId, delivery });
    return queue;
  }
  async function put(queue: string, numbers: readonly number[]): Promise<void> {
    await queues.put(
      queue,
      numbers.map((number) => ({
        id: `evt_${number}`,
        routingKey: 'v1.ec2.a.r.instance.state.running',
        type: 'instance.state',
        source: '/v1/clouds/ec2',
        subject: `i-${number}`,
        time: '2026-11-22T00:00:00.000Z',
        payload: `{"number":${number}}`,
      })),
    );
  }
  async function consume(queue: string) {
    const heard: WebhookDelivery[] = [];
    let lost = 0;
    const consumer = await consumeWebhookQueue({
      connection,
      queue,
      prefetch: 5,
      onDelivery: (delivery) => heard.push(delivery),
      onLost: () => {
        lost += 1;
      },
      log: testLogger(),
    });
    consumers.push(consumer);
    return { consumer, heard, ids: () => heard.map(({ id }) => id), lost: () => lost };
  }

  it('holds no more than its window, and tells all of an event', async () => {
    const queue = await newQueue();
    await put(queue, [1, 2, 3, 4, 5, 6]);
    const { heard, ids } = await consume(queue);
    await eventually(() => heard.length === 5);

    const [first] = heard;
    expect(first?.attributes).to.deep.equal({
      specversion: '1.0',
      id: 'evt_1',
      type: 'instance.state',
      source: '/v1/clouds/ec2',
      subject: 'i-1',
      time: '2026-11-22T00:00:00.000Z',
    });
    expect(first?.payload.toString()).to.equal('{"number":1}');
    expect(first).to.include({ redelivered: false, routingKey: undefined, contentType: 'application/json' });
    expect(first?.ack()).to.equal(true);
    await eventually(() => heard.length === 6);
    expect(ids()).to.deep.equal([1, 2, 3, 4, 5, 6].map((number) => `evt_${number}`));
  });

  it('gives back what it holds, in order, and what it had then cannot be acknowledged', async () => {
    const queue = await newQueue();
    await put(queue, [1, 2, 3, 4, 5, 6, 7]);
    const { consumer, heard, ids, lost } = await consume(queue);
    await eventually(() => heard.length === 5);
    heard[1]?.ack();
    await eventually(() => heard.length === 6);

    const before = heard.splice(0);
    await consumer.renew();
    await eventually(() => heard.length === 5);

    expect(lost()).to.equal(1);
    expect(before[0]?.ack()).to.equal(false);
    expect(ids()).to.deep.equal([1, 3, 4, 5, 6].map((number) => `evt_${number}`));
    expect(heard[0]).to.include({ redelivered: true });
  });

  it('leaves all to the next consumer when it stops, in order', async () => {
    const queue = await newQueue();
    const first = await consume(queue);
    const second = await consume(queue);
    await put(queue, [1, 2, 3, 4, 5, 6, 7]);
    await eventually(() => first.heard.length === 5);
    first.heard[0]?.ack();
    first.heard[2]?.ack();
    await eventually(() => first.heard.length === 7);
    expect(second.heard).to.have.length(0);

    await first.consumer.stop();
    await eventually(() => second.heard.length === 5);
    expect(second.ids()).to.deep.equal([2, 4, 5, 6, 7].map((number) => `evt_${number}`));
  });

  it('does not disturb the connection while its queue is missing, and finds it later', async () => {
    const missing = await consume('webhook.sub_later');
    const other = await consume(await newQueue());
    expect(missing.consumer.isOpen()).to.equal(false);
    await closeBrokerConnections(host.name);
    await eventually(() => other.consumer.isOpen());

    const limits = { lengthMax: 10, ageMaxSeconds: 600, timeoutSeconds: 10 };
    const delivery = { kind: 'webhook', url: 'https://receiver.example/', ...limits } as const;
    await queues.declare({ queue: 'webhook.sub_later', subscriptionId: 'sub_later', delivery });
    await put('webhook.sub_later', [1]);
    missing.consumer.reopen();
    await eventually(() => missing.heard.length === 1);

    await queues.remove('webhook.sub_later');
    await eventually(() => !missing.consumer.isOpen());
    expect(connection.isUp()).to.equal(true);
  });
});
