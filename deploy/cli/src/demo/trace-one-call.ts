// Records what one call sends over the broker, with RabbitMQ's firehose, which is switched on for the moment only.
import { type BrokerConnection, type TracedMessage, traceMessages } from '@cloud-gateway/messaging';
import { type Logger, sleep } from '@cloud-gateway/runtime';

export interface MessageTrace {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The first request recorded and its answer. */
  requestAndReply(): Promise<TracedMessage[]>;
}

export async function createMessageTrace({
  connection,
  managementUrl,
  log,
}: {
  connection: BrokerConnection;
  managementUrl: string;
  log: Logger;
}): Promise<MessageTrace> {
  const messages: TracedMessage[] = [];
  let tap: { stop(): Promise<void> } | undefined;

  function find(): TracedMessage[] {
    const request = messages.find(
      ({ exchange, routingKey }) => exchange !== '' && routingKey.startsWith('write.'),
    );
    const reply = messages.find(
      ({ exchange, properties }) =>
        exchange === '' && properties['correlation_id'] === request?.properties['message_id'],
    );
    return request && reply ? [request, reply] : [];
  }

  return {
    async start() {
      tap = await traceMessages({ connection, log, onMessage: (message) => void messages.push(message) });
      await setFirehose(managementUrl, true);
    },
    async stop() {
      await setFirehose(managementUrl, false);
    },
    async requestAndReply() {
      // The copies come by another way than the answer did.
      for (let attempt = 0; attempt < 40 && find().length === 0; attempt++) await sleep(50);
      await tap?.stop();
      return find();
    },
  };
}

async function setFirehose(managementUrl: string, tracing: boolean): Promise<void> {
  const address = new URL('/api/vhosts/%2F', managementUrl);
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`).toString('base64')}`;
  address.username = '';
  address.password = '';
  const response = await fetch(address, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ tracing }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`RabbitMQ did not switch its firehose ${tracing ? 'on' : 'off'}: ${response.status}`);
}
