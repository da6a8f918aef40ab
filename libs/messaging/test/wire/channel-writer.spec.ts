import { createTestVirtualHost, eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { type Channel, type ChannelModel, type ConsumeMessage, connect } from 'amqplib';
import { expect } from 'chai';
import { type ChannelWriter, createChannelWriter, wireOf } from '../../src/wire/channel-writer.ts';

describe('createChannelWriter', function () {
  this.timeout(serverStartTimeoutMs);
  let host: Awaited<ReturnType<typeof createTestVirtualHost>>;
  let model: ChannelModel;
  let channel: Channel;
  let writer: ChannelWriter;
  let queue: string;
  const received: ConsumeMessage[] = [];

  before(async () => {
    host = await createTestVirtualHost();
    model = await connect(host.url, { noDelay: true });
    channel = await model.createChannel();
    writer = createChannelWriter(model, channel);
    const consuming = await model.createChannel();
    ({ queue } = await consuming.assertQueue('', { exclusive: true }));
    await consuming.consume(queue, (message) => message && received.push(message), { noAck: true });
  });

  after(async () => {
    await model?.close();
    await host?.remove();
  });

  beforeEach(() => {
    received.length = 0;
  });

  it('takes the fast way with the amqplib that is installed', () => {
    expect(wireOf(model, channel)).to.include({ channelNumber: 1 });
  });

  it('sends every property as it was given, and none that was not', async () => {
    writer.publish({
      exchange: '',
      routingKey: queue,
      content: '{"grüße":"😀"}',
      messageId: 'm-1',
      correlationId: 'c-1',
      replyTo: 'reply.cli_1.main',
      expirationMs: 60_000,
      persistent: true,
      headers: { cloudEvents_grüße: '😀'.repeat(200), empty: '' },
    });
    writer.publish({ exchange: '', routingKey: queue, content: '' });

    await eventually(() => received.length === 2);
    const [full, bare] = received;
    expect(full?.content.toString()).to.equal('{"grüße":"😀"}');
    expect(full?.properties).to.include({
      contentType: 'application/json',
      messageId: 'm-1',
      correlationId: 'c-1',
      replyTo: 'reply.cli_1.main',
      expiration: '60000',
      deliveryMode: 2,
    });
    expect(full?.properties.headers).to.deep.equal({ cloudEvents_grüße: '😀'.repeat(200), empty: '' });
    expect(bare?.content.length).to.equal(0);
    expect(bare?.properties).to.include({
      contentType: 'application/json',
      messageId: undefined,
      deliveryMode: undefined,
    });
  });

  for (const bytes of [1, 131_064, 131_065, 300_000, 5_000_000]) {
    it(`sends ${bytes} bytes in as many frames as they need`, async () => {
      const content = 'x'.repeat(bytes);
      writer.publish({ exchange: '', routingKey: queue, content });

      await eventually(() => received.length === 1);
      expect(received[0]?.content.toString() === content).to.equal(true);
    });
  }

  it('keeps the order of thousands of messages of all sizes, with the library’s own between them', async () => {
    const sent: string[] = [];
    for (let i = 0; i < 3_000; i++) {
      const content = `${i}:${'é'.repeat((i * 37) % 5_000)}`;
      sent.push(content);
      writer.publish({ exchange: '', routingKey: queue, content });
      if (i % 500 === 0) await channel.checkQueue(queue);
    }

    await eventually(() => received.length === 3_000, { timeoutMs: 30_000 });
    expect(received.map((message) => message.content.toString()).join('|') === sent.join('|')).to.equal(true);
  });

  it('acknowledges one, and all up to one', async () => {
    const working = await model.createChannel();
    const { queue: work } = await working.assertQueue('', { exclusive: true });
    for (let i = 0; i < 5; i++) writer.publish({ exchange: '', routingKey: work, content: String(i) });
    const acking = createChannelWriter(model, working);
    const tags: number[] = [];
    const { consumerTag } = await working.consume(
      work,
      (message) => message && tags.push(message.fields.deliveryTag),
    );
    await eventually(() => tags.length === 5);

    acking.ack(tags[4] as number, false);
    acking.ack(tags[2] as number, true);
    await working.cancel(consumerTag);
    await working.recover();

    await eventually(async () => (await working.checkQueue(work)).messageCount === 1);
    const left = await working.get(work, { noAck: true });
    expect((left || undefined)?.content.toString()).to.equal('3');
    await working.close();
  });

  it('refuses a name that AMQP cannot carry, and goes on', async () => {
    expect(() => writer.publish({ exchange: '', routingKey: 'k'.repeat(256), content: '' })).to.throw(
      RangeError,
    );

    writer.publish({ exchange: '', routingKey: queue, content: 'next' });
    await eventually(() => received.length === 1);
  });

  it('refuses to write on a channel that is closed', async () => {
    const closing = await model.createChannel();
    const late = createChannelWriter(model, closing);
    await closing.close();

    expect(() => late.publish({ exchange: '', routingKey: queue, content: '' })).to.throw('closed');
  });
});
