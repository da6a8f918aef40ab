import type { TracedMessage } from '@cloud-gateway/messaging';
import { maskSecrets } from '../mask-secrets.ts';
import type { TourDeps } from '../tour.ts';

/** What went over AMQP for the launch: the whole HTTP request as JSON, and the answer to its reply_to. */
export async function showMessages({ trace, tell }: Pick<TourDeps, 'trace' | 'tell'>): Promise<void> {
  tell.step('show-messages', 'What went over AMQP for the launch');
  const messages = (await trace?.requestAndReply()) ?? [];
  if (messages.length === 0)
    tell.line('not shown: the broker is not a private one, and its firehose is not ours to open');
  for (const message of messages) for (const line of describe(message)) tell.line(line);
  tell.done({
    messages: messages.map(({ payload, ...routing }) => ({ ...routing, payload: maskSecrets(payload) })),
  });
}

function describe({ exchange, routingKey, properties, payload }: TracedMessage): string[] {
  const shown = ['message_id', 'correlation_id', 'reply_to', 'expiration', 'delivery_mode']
    .filter((name) => properties[name] !== undefined)
    .map((name) => `${name}=${shorten(String(properties[name]), 44)}`);
  return [
    exchange === ''
      ? `← default exchange, key ${shorten(routingKey, 60)}`
      : `→ exchange ${exchange}, key ${routingKey}`,
    `    ${shown.join('  ')}`,
    ...JSON.stringify(maskSecrets(payload), null, 2)
      .split('\n')
      .map((line) => `    ${shorten(line, 140)}`),
  ];
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
