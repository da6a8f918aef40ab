// A service that keeps every request envelope exactly as it arrived and answers with whatever the test chose. Written
// with amqplib alone, so that nothing of ours between the broker and the test can hide a change.
import { type ReplyEnvelope, type RequestEnvelope, topology } from '@cloud-gateway/contracts';
import { type Channel, type ChannelModel, type ConsumeMessage, connect } from 'amqplib';

export interface ReceivedRequest {
  readonly envelope: RequestEnvelope;
  readonly properties: ConsumeMessage['properties'];
  readonly routingKey: string;
}

/** What to answer; `nothing` lets the caller wait; a Buffer is sent as it is. */
type Answer = Partial<ReplyEnvelope> | Buffer | 'nothing';

export class EchoService {
  readonly received: ReceivedRequest[] = [];
  answer: (envelope: RequestEnvelope) => Answer | Promise<Answer> = () => ({});
  readonly #model: ChannelModel;

  private constructor(model: ChannelModel) {
    this.#model = model;
    model.on('error', () => undefined); // Tests remove the virtual host under it.
  }

  static async start(url: string): Promise<EchoService> {
    const model = await connect(url);
    const service = new EchoService(model);
    const channel = await model.createChannel();
    channel.on('error', () => undefined);
    await channel.assertExchange(topology.requestsExchange, 'topic', { durable: true });
    // Stays when the connection is cut: what comes meanwhile waits for the next one who consumes it.
    const { queue } = await channel.assertQueue('echo', { durable: true });
    await channel.bindQueue(queue, topology.requestsExchange, '*.v1.test.#');
    await channel.consume(queue, (message) => void service.#handle(channel, message), { noAck: true });
    return service;
  }

  async #handle(channel: Channel, message: ConsumeMessage | null): Promise<void> {
    if (!message) return;
    const { content, properties, fields } = message;
    const envelope = JSON.parse(content.toString()) as RequestEnvelope;
    this.received.push({ envelope, properties, routingKey: fields.routingKey });
    const answer = await this.answer(envelope);
    if (answer === 'nothing') return;
    const reply = Buffer.isBuffer(answer)
      ? answer
      : Buffer.from(JSON.stringify({ version: 1, status: 200, ...answer }));
    channel.publish('', String(properties.replyTo), reply, { correlationId: String(properties.messageId) });
  }

  /** The one request that has arrived since the last call. */
  takeOne(): ReceivedRequest {
    const [only, ...more] = this.received.splice(0);
    if (!only || more.length > 0) throw new Error(`Expected one request, got ${only ? more.length + 1 : 0}`);
    return only;
  }

  /** Back to how it was started. */
  reset(): void {
    this.received.length = 0;
    this.answer = () => ({});
  }

  async stop(): Promise<void> {
    await this.#model.close().catch(() => undefined);
  }
}
