// A client of Cloud Gateway that speaks AMQP alone. All that it needs is amqplib: `npm install amqplib`.
// docs/amqp-api.md has the whole convention; this file is what most programs need of it.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { env } from 'node:process';
import { connect } from 'amqplib';

const answerTimeoutMs = 30_000;

/** Where the broker is, and who you are. */
export function settingsFromEnvironment() {
  const {
    GATEWAY_AMQP_URL: url,
    GATEWAY_AMQP_CA_FILE: caFile,
    GATEWAY_CLIENT_ID: clientId,
    GATEWAY_CLIENT_SECRET: clientSecret,
  } = env;
  if (!url || !clientId || !clientSecret) {
    throw new Error('Set GATEWAY_AMQP_URL, GATEWAY_CLIENT_ID and GATEWAY_CLIENT_SECRET.');
  }
  return { url, caFile, clientId, clientSecret };
}

/** Logs in. The broker closes the connection when the token has expired: then open another. */
export async function openGateway(settings) {
  const { clientId, clientSecret } = settings;
  // With the secret as its password a client may do one thing only: ask for a token.
  const door = await openConnection(settings, { password: clientSecret });
  try {
    const { body } = await door.call('POST', '/v1/tokens', { body: { clientId, clientSecret } });
    return await openConnection(settings, { password: body.token, token: body.token });
  } finally {
    await door.close();
  }
}

async function openConnection({ url, clientId, caFile }, { password, token }) {
  const address = new URL(url);
  address.username = encodeURIComponent(clientId);
  address.password = encodeURIComponent(password);
  const connection = await connect(address.href, caFile ? { ca: [readFileSync(caFile)] } : {});
  connection.on('error', () => undefined); // 'close' follows, and tells those who wait
  const channel = await connection.createConfirmChannel();

  // Answers come to the channel that asked, without a queue: RabbitMQ's direct reply-to.
  const replyTo = 'amq.rabbitmq.reply-to';
  const waiting = new Map();
  const settle = (id, outcome) => {
    waiting.get(id)?.(outcome);
    waiting.delete(id);
  };
  const failAll = (error) => {
    for (const id of waiting.keys()) settle(id, { error });
  };
  channel.on('return', ({ properties }) =>
    settle(properties.messageId, { error: new Error('No service answers this path.') }),
  );
  channel.on('error', (error) => failAll(error));
  connection.on('close', (error) => failAll(error ?? new Error('The connection is closed.')));
  await channel.consume(
    replyTo,
    (message) => settle(message.properties.correlationId, { reply: JSON.parse(message.content.toString()) }),
    { noAck: true },
  );

  return {
    connection,
    close: () => connection.close().catch(() => undefined),

    /**
     * Gives { status, headers, body }; throws for a problem. A write that is sent again with the same `idempotencyKey`
     * is carried out once, whatever happened to the first message.
     */
    async call(method, path, { query = {}, body, headers = {}, idempotencyKey } = {}) {
      const messageId = randomUUID();
      const isRead = method === 'GET' || method === 'HEAD';
      const envelope = {
        version: 1,
        method,
        path,
        query: new URLSearchParams(query).toString(),
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey && { 'idempotency-key': idempotencyKey }), // else it is the message's id
          ...headers,
        },
        body: body === undefined ? '' : JSON.stringify(body),
      };
      const { reply, error } = await new Promise((resolve) => {
        const timer = setTimeout(
          () => settle(messageId, { error: new Error(`No answer within ${answerTimeoutMs} ms.`) }),
          answerTimeoutMs,
        );
        waiting.set(messageId, (outcome) => {
          clearTimeout(timer);
          resolve(outcome);
        });
        channel.publish(
          'gateway.requests',
          [isRead ? 'read' : 'write', ...path.slice(1).replaceAll('.', '%2E').split('/')].join('.'),
          Buffer.from(JSON.stringify(envelope)),
          { messageId, replyTo, mandatory: true, persistent: !isRead, expiration: String(answerTimeoutMs) },
          (refusal) => refusal && settle(messageId, { error: new Error('The gateway is overloaded.') }),
        );
      });
      if (error) throw new Error(`${method} ${path}: ${error.message}`);
      return readReply(reply, `${method} ${path}`);
    },
  };
}

function readReply({ status, headers, body, bodyEncoding = 'utf8' }, what) {
  const text = Buffer.from(body, bodyEncoding).toString();
  const parsed = text === '' ? undefined : JSON.parse(text);
  if (status < 400) return { status, headers, body: parsed };
  // RFC 9457; docs/errors.md lists the codes, and says which are worth repeating.
  throw Object.assign(new Error(`${what}: ${status} ${parsed.code}: ${parsed.detail}`), { problem: parsed });
}
