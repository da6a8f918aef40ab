// Records what one call sends over the broker, with RabbitMQ's firehose, which is switched on for the moment only.
import { type BrokerConnection, type TracedMessage, traceMessages } from '@cloud-gateway/messaging';
import { type Logger, sleep } from '@cloud-gateway/runtime';

export interface MessageTrace {
  /** Makes the call and gives its answer; what it sends is recorded meanwhile. */
  record<Answer>(call: () => Promise<Answer>): Promise<Answer>;
  /** The first write recorded and its answer; empty when they have not been seen. */
  requestAndReply(): readonly TracedMessage[];
}

export function createMessageTrace({
  connection,
  managementUrl,
  log,
}: {
  connection: BrokerConnection;
  managementUrl: string;
  log: Logger;
}): MessageTrace {
  const messages: TracedMessage[] = [];
  return {
    async record(call) {
      const tap = await traceMessages({ connection, log, onMessage: (message) => messages.push(message) });
      await setFirehose(managementUrl, true);
      try {
        const answer = await call();
        // The copies come by another way than the answer did.
        for (let attempt = 0; attempt < 40 && pairIn(messages).length === 0; attempt++) await sleep(50);
        return answer;
      } finally {
        await setFirehose(managementUrl, false);
        await tap.stop();
      }
    },
    requestAndReply: () => pairIn(messages),
  };
}

function pairIn(messages: readonly TracedMessage[]): readonly TracedMessage[] {
  const request = messages.find(
    ({ exchange, routingKey }) => exchange !== '' && routingKey.startsWith('write.'),
  );
  const reply = messages.find(
    ({ exchange, properties }) =>
      exchange === '' && properties['correlation_id'] === request?.properties['message_id'],
  );
  return request && reply ? [request, reply] : [];
}

async function setFirehose(managementUrl: string, tracing: boolean): Promise<void> {
  const address = new URL('/api/vhosts/%2F', managementUrl);
  const user = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  address.username = '';
  address.password = '';
  const response = await fetch(address, {
    method: 'PUT',
    headers: {
      authorization: `Basic ${Buffer.from(user).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ tracing }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`RabbitMQ did not switch its firehose ${tracing ? 'on' : 'off'}: ${response.status}`);
}
