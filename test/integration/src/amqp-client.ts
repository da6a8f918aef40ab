// A client that has read docs/amqp-api.md and nothing else: amqplib, no package of the gateway.
import { randomUUID } from 'node:crypto';
import { type ConfirmChannel, type ConsumeMessage, connect, type Message, type Options } from 'amqplib';
import type { Door, DoorAnswer, DoorRequest } from './door.ts';

/** `returned`: no service answers this path. */
type Delivery = { readonly kind: 'answer'; readonly answer: DoorAnswer } | { readonly kind: 'returned' };

export interface RawMessage {
  readonly routingKey: string;
  readonly content: Buffer | string;
  readonly properties?: Options.Publish;
}

export interface AmqpClient extends Door {
  readonly name: 'AMQP';
  /** Resolves when the broker has confirmed it; `outcome` when there is an answer or it came back. */
  publish(message: RawMessage): Promise<{ readonly messageId: string; readonly outcome: Promise<Delivery> }>;
  /** Ids of the messages that were answered or came back, in this order. */
  readonly settled: readonly string[];
}

export interface AmqpClientOptions {
  readonly amqpUrl: string;
  /** Default: direct reply-to. Otherwise a queue of this name is declared. */
  readonly replyQueue?: string;
}

const directReplyTo = 'amq.rabbitmq.reply-to';
const answerTimeoutMs = 40_000;

export async function openAmqpDoor({ amqpUrl, replyQueue }: AmqpClientOptions): Promise<AmqpClient> {
  const model = await connect(amqpUrl);
  const channel = await model.createConfirmChannel();
  const waiting = new Map<string, (delivery: Delivery) => void>();
  const settled: string[] = [];
  const settle = (id: string, delivery: Delivery) => {
    settled.push(id);
    waiting.get(id)?.(delivery);
    waiting.delete(id);
  };
  if (replyQueue !== undefined) await channel.assertQueue(replyQueue, { exclusive: true });
  await channel.consume(replyQueue ?? directReplyTo, (message) => message && onAnswer(message), {
    noAck: true,
  });
  channel.on('return', (message: Message) =>
    settle(String(message.properties.messageId), { kind: 'returned' }),
  );

  function onAnswer(message: ConsumeMessage): void {
    const answer = readAnswer(message.content);
    settle(String(message.properties.correlationId), { kind: 'answer', answer });
  }

  async function publish({ routingKey, content, properties = {} }: RawMessage) {
    const messageId = String(properties.messageId ?? randomUUID());
    const outcome = new Promise<Delivery>((resolve) => waiting.set(messageId, resolve));
    await confirmed(channel, routingKey, Buffer.from(content), {
      messageId,
      replyTo: replyQueue ?? directReplyTo,
      mandatory: true,
      deliveryMode: 2,
      ...properties,
    });
    return { messageId, outcome };
  }

  return {
    name: 'AMQP',
    settled,
    publish,
    async send(request) {
      const { outcome } = await publish({
        routingKey: routingKeyFor(request),
        content: JSON.stringify({
          version: 1,
          bodyEncoding: 'utf8',
          deadlineAt: Date.now() + answerTimeoutMs,
          ...request,
        }),
      });
      const delivery = await inTime(outcome, `${request.method} ${request.path}`);
      if (delivery.kind === 'answer') return delivery.answer;
      throw new Error(`${request.method} ${request.path} came back: no service answers it`);
    },
    close: () => model.close(),
  };
}

/** `GET /v1/clouds/ec2` → `read.v1.clouds.ec2` */
export function routingKeyFor({ method, path }: Pick<DoorRequest, 'method' | 'path'>): string {
  const deliveryClass = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  return [deliveryClass, ...path.slice(1).replaceAll('.', '%2E').split('/')].join('.');
}

function confirmed(
  channel: ConfirmChannel,
  routingKey: string,
  content: Buffer,
  properties: Options.Publish,
): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.publish('gateway.requests', routingKey, content, properties, (err: Error | null) =>
      err ? reject(err) : resolve(),
    );
  });
}

function readAnswer(content: Buffer): DoorAnswer {
  const { version, status, headers, body, bodyEncoding } = JSON.parse(content.toString()) as {
    version: number;
    status: number;
    headers: Record<string, string>;
    body: string;
    bodyEncoding: BufferEncoding;
  };
  if (version !== 1) throw new Error(`An answer of version ${version}`);
  return { status, headers, body: Buffer.from(body, bodyEncoding).toString() };
}

async function inTime<T>(outcome: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer in time`)), answerTimeoutMs);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
