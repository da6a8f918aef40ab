import type { GatewayError } from '@cloud-gateway/contracts';
import {
  closeBrokerConnections,
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
} from '@cloud-gateway/test-support';
import { connect } from 'amqplib';
import { expect } from 'chai';
import { type BrokerConnection, connectBroker } from '../../src/connection/connect-broker.ts';
import { eventProperties } from '../../src/events/event-properties.ts';
import { createEventPublisher } from '../../src/events/event-publisher.ts';
import { subscribeEvents } from '../../src/events/subscribe-events.ts';
import { testLogger } from '../test-service.ts';

describe('events', function () {
  this.timeout(serverStartTimeoutMs);
  let host: Awaited<ReturnType<typeof createTestVirtualHost>>;
  let connection: BrokerConnection;

  before(async () => {
    host = await createTestVirtualHost();
    connection = await connectBroker({ url: host.url, name: 'test', log: testLogger() });
  });

  after(async () => {
    await connection?.close();
    await host?.remove();
  });

  it('arrive in order, at those who are bound to them only, as CloudEvents', async () => {
    const model = await connect(host.url);
    const channel = await model.createChannel();
    const publisher = await createEventPublisher({ connection, log: testLogger() });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, 'gateway.events', 'v1.ec2.ec2-1.#');

    await publisher.publish([event(1, 'ec2-1'), event(2, 'ec2-2'), event(3, 'ec2-1')]);

    const first = await channel.get(queue, { noAck: true });
    const second = await channel.get(queue, { noAck: true });
    expect((first || undefined)?.properties.messageId).to.equal('evt_1');
    expect((second || undefined)?.properties.messageId).to.equal('evt_3');
    expect((first || undefined)?.properties.headers).to.include({
      cloudEvents_specversion: '1.0',
      cloudEvents_id: 'evt_1',
      cloudEvents_type: 'instance.state',
      cloudEvents_source: '/v1/clouds/ec2',
      cloudEvents_subject: 'i-1',
    });
    expect(await channel.get(queue)).to.equal(false);
    await publisher.stop();
    await model.close();
  });

  it('have the same properties whichever way they are sent', async () => {
    const model = await connect(host.url);
    const channel = await model.createChannel();
    const publisher = await createEventPublisher({ connection, log: testLogger() });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, 'gateway.events', 'v1.ec2.ec2-3.#');
    const sent = { ...event(4, 'ec2-3'), subject: 'grüße 😀'.repeat(60) };

    await publisher.publish([sent]);
    channel.sendToQueue(queue, Buffer.from(sent.payload), eventProperties(sent));

    const first = await eventually(() => channel.get(queue, { noAck: true }));
    const second = await eventually(() => channel.get(queue, { noAck: true }));
    expect((first || undefined)?.properties).to.deep.equal((second || undefined)?.properties);
    expect((first || undefined)?.content).to.deep.equal((second || undefined)?.content);
    await publisher.stop();
    await model.close();
  });

  it('reach a subscription again after its connection was cut, and it knows when it was deaf', async () => {
    const publisher = await createEventPublisher({ connection, log: testLogger() });
    const own = await connectBroker({ url: host.url, name: 'ear', log: testLogger() });
    const heard: unknown[] = [];
    const subscription = await subscribeEvents({
      connection: own,
      bindings: ['v1.ec2.#'],
      onEvent: (payload) => void heard.push(payload),
      log: testLogger(),
    });
    expect(subscription.connected()).to.equal(true);

    await closeBrokerConnections(host.name);
    await eventually(() => subscription.connected() && own.isUp() && connection.isUp());
    await eventually(() => publisher.publish([event(9, 'ec2-1')]).then(() => true));

    await eventually(() => heard.length > 0);
    expect(heard[0]).to.deep.equal({ number: 9 });
    await subscription.stop();
    await own.close();
    expect(subscription.connected()).to.equal(false);
    await publisher.stop();
  });

  it('are refused, not swallowed, while the broker is away', async () => {
    const gone = await connectBroker({ url: host.url, name: 'gone', log: testLogger() });
    const publisher = await createEventPublisher({ connection: gone, log: testLogger() });
    await gone.close();

    const refusal = await publisher.publish([event(1, 'ec2-1')]).catch((err: GatewayError) => err.code);
    expect(refusal).to.equal('unavailable');
  });

  function event(number: number, account: string) {
    return {
      id: `evt_${number}`,
      routingKey: `v1.ec2.${account}.us-east-1.instance.state.running`,
      type: 'instance.state',
      source: '/v1/clouds/ec2',
      subject: `i-${number}`,
      time: '2026-11-22T00:00:00.000Z',
      payload: JSON.stringify({ number }),
    };
  }
});
