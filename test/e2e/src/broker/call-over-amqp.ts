// One call of the API by AMQP alone, as docs/amqp-api.md tells it to somebody who has nothing of ours but a library.
import { randomUUID } from 'node:crypto';
import { type ReplyEnvelope, type Route, routingKeyOf } from '@cloud-gateway/contracts';
import { type RequestParts, requestOf } from '@cloud-gateway/test-support';
import type { ChannelModel, ConsumeMessage } from 'amqplib';

type Body<R extends Route> = R['answer']['schema']['_zod']['output'];

export interface AmqpCall extends Pick<RequestParts, 'token' | 'params' | 'body'> {
  /** Default: direct reply-to. */
  readonly replyTo?: string;
  /** Default: that of the path. */
  readonly routingKey?: string;
  /** Validated by the broker. */
  readonly userId?: string;
}

const deadlineMs = 20_000;

/** Gives the body of the answer; rejects for a problem, a returned message or a closed channel. */
export async function callOverAmqp<R extends Route>(
  model: ChannelModel,
  route: R,
  call: AmqpCall = {},
): Promise<Body<R>> {
  const { status, body } = await askOverAmqp(model, route, call);
  if (status !== route.answer.status) throw new Error(`${route.name} was answered ${status}: ${body}`);
  return JSON.parse(body) as Body<R>;
}

/** Gives the answer, whatever it is. */
export async function askOverAmqp(model: ChannelModel, route: Route, call: AmqpCall): Promise<ReplyEnvelope> {
  const { replyTo = 'amq.rabbitmq.reply-to', userId } = call;
  const request = requestOf(route, call);
  const channel = await model.createChannel();
  const messageId = `req_${randomUUID()}`;
  try {
    return await new Promise<ReplyEnvelope>((resolve, reject) => {
      const deadline = setTimeout(() => reject(new Error('no answer')), deadlineMs);
      const fail = (err: Error) => {
        clearTimeout(deadline);
        reject(err);
      };
      channel.once('error', fail);
      channel.once('return', () => fail(new Error('the request came back: no service has this path')));
      const onReply = (message: ConsumeMessage | null) => {
        if (message?.properties.correlationId !== messageId) return;
        clearTimeout(deadline);
        resolve(JSON.parse(message.content.toString()) as ReplyEnvelope);
      };
      const publish = () => {
        const envelope = { version: 1, body: '', ...request, deadlineAt: Date.now() + deadlineMs };
        const properties = { messageId, replyTo, mandatory: true, ...(userId && { userId }) };
        const key = call.routingKey ?? routingKeyOf(route.method, request.path);
        channel.publish('gateway.requests', key, Buffer.from(JSON.stringify(envelope)), properties);
      };
      channel.consume(replyTo, onReply, { noAck: true }).then(publish, fail);
    });
  } finally {
    await channel.close().catch(() => undefined); // Closed by the broker when it refused something.
  }
}
