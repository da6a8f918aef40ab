import { connect } from 'amqplib';
import { echoAnswer } from '../exchange/echo-answer.ts';
import { type BareReply, type BareRequest, bareQueue } from './bare-message.ts';
import type { StartPeer } from './peer.ts';

export const startBareService: StartPeer = async ({ amqpUrl }) => {
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.assertQueue(bareQueue, { durable: true });
  await channel.prefetch(500);
  await channel.consume(bareQueue, (message) => {
    if (!message) return;
    const { replyTo, correlationId } = message.properties;
    const reply = answer(JSON.parse(message.content.toString()));
    channel.sendToQueue(String(replyTo), Buffer.from(JSON.stringify(reply)), {
      correlationId,
      contentType: 'application/json',
    });
    channel.ack(message);
  });
  return {};
};

function answer({ params, query, body }: BareRequest): BareReply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: echoAnswer({ id: params.id, limit: Number(query.limit), item: body }),
  };
}
