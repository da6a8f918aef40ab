// All headers of one post: those of Standard Webhooks, and the event's attributes in the binary mode of CloudEvents'
// HTTP binding 1.0.2, so that a receiver's CloudEvents library reads the event without knowing us.
import type { KeyObject } from 'node:crypto';
import type { WebhookDelivery } from '@cloud-gateway/messaging';
import { signWebhook } from './sign-webhook.ts';

export function webhookHeaders(
  event: Pick<WebhookDelivery, 'id' | 'attributes' | 'contentType' | 'payload'>,
  { key, nowMs }: { readonly key: KeyObject; readonly nowMs: number },
): Record<string, string> {
  const timestamp = Math.floor(nowMs / 1000);
  return {
    'content-type': event.contentType,
    'content-length': String(event.payload.length),
    'user-agent': 'Cloud-Gateway-Webhooks/1',
    'webhook-id': event.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signWebhook(key, { id: event.id, timestamp, body: event.payload }),
    ...cloudEventHeaders(event.attributes),
  };
}

function cloudEventHeaders(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [`ce-${name}`, percentEncoded(value)]),
  );
}

/** Section 3.1.3.2 there: space, `"`, `%` and all outside of printable ASCII. */
function percentEncoded(value: string): string {
  // By way of UTF-8, because half of a surrogate pair has no encoding.
  return Buffer.from(value)
    .toString()
    .replace(/[^\x21\x23\x24\x26-\x7e]/gu, encodeURIComponent);
}
