import type { TracedMessage } from '@cloud-gateway/messaging';
import { maskSecrets } from '../mask-secrets.ts';
import { readableEnvelope } from '../readable-envelope.ts';
import type { TourDeps } from '../tour-deps.ts';

/** What went over AMQP for the launch: the whole HTTP request as JSON, and the answer to its reply_to. */
export function showMessages({ trace, tell }: Pick<TourDeps, 'trace' | 'tell'>): void {
  tell.step('show-messages', 'What went over AMQP for the launch');
  const messages = trace?.requestAndReply() ?? [];
  if (!trace) tell.line('not shown: the broker is not a private one, and its firehose is not ours to open');
  else if (messages.length === 0) tell.line('not shown: the firehose brought no copy in time');
  else
    tell.line('each payload is one JSON text; the body in it is JSON once more, shown parsed and shortened');
  for (const message of messages) for (const line of describe(message)) tell.line(line);
  tell.done({
    messages: messages.map(({ payload, ...routing }) => ({ ...routing, payload: maskSecrets(payload) })),
  });
}

function describe({ exchange, routingKey, properties, payload }: TracedMessage): string[] {
  const direction =
    exchange === '' ? '← the answer, to the default exchange' : `→ the request, to the exchange ${exchange}`;
  const shown = shownProperties.filter((name) => properties[name] !== undefined);
  return [
    '',
    direction,
    `    ${'routing key'.padEnd(14)}  ${shorten(routingKey, 80)}`,
    ...shown.map((name) => `    ${name.padEnd(14)}  ${shorten(String(properties[name]), 80)}`),
    ...JSON.stringify(readableEnvelope(maskSecrets(payload)), null, 2)
      .split('\n')
      .map((line) => `    ${shorten(line, 110)}`),
  ];
}

const shownProperties = ['message_id', 'correlation_id', 'reply_to', 'expiration', 'delivery_mode'];

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
