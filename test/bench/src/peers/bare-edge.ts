// The yardstick: fastify and amqplib used directly, the way the tutorials show it, direct reply-to included. No
// validation, no deadline, no reconnection, no batching.
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect } from 'amqplib';
import fastify from 'fastify';
import { type BareReply, type BareRequest, bareQueue } from './bare-message.ts';
import type { StartPeer } from './peer.ts';

export const startBareEdge: StartPeer = async ({ amqpUrl }) => {
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertQueue(bareQueue, { durable: true });
  const waiting = new Map<string, (reply: BareReply) => void>();
  await channel.consume(
    replyTo,
    (message) => {
      if (!message) return;
      const correlationId = String(message.properties.correlationId);
      waiting.get(correlationId)?.(JSON.parse(message.content.toString()));
      waiting.delete(correlationId);
    },
    { noAck: true },
  );

  function call(request: BareRequest): Promise<BareReply> {
    return new Promise((resolve) => {
      const correlationId = randomUUID();
      waiting.set(correlationId, resolve);
      channel.sendToQueue(bareQueue, Buffer.from(JSON.stringify(request)), {
        replyTo,
        correlationId,
        contentType: 'application/json',
      });
    });
  }

  const app = fastify();
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  app.get<{ Params: BareRequest['params']; Querystring: BareRequest['query']; Body: BareRequest['body'] }>(
    '/v1/echo/items/:id',
    async (request, reply) => {
      const { method, url: path, params, query, headers, body } = request;
      const answer = await call({ method, path, params, query, headers, body });
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    },
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}` };
};

const replyTo = 'amq.rabbitmq.reply-to';
