// For receivers of webhooks: is this post from the gateway, and from now? Signed as the Standard Webhooks specification
// says: `webhook-signature` has, separated by spaces, `v1,` and the base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`.
// The key is what stands in base64 after `whsec_`. Pure.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AnyEvent } from '@cloud-gateway/contracts';
import { parseEvent } from '../events/parse-event.ts';
import { InvalidWebhook } from './invalid-webhook.ts';

export interface WebhookPost {
  /** The body as it came: parsed and written again it would no longer fit its signature. */
  readonly payload: string | Uint8Array;
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** `whsec_…`; several while one is being replaced by another. */
  readonly secret: string | readonly string[];
  readonly nowMs?: number | undefined;
  /** How far its timestamp may be from now, either way; default 300. */
  readonly toleranceSeconds?: number | undefined;
}

/** Throws InvalidWebhook, and TypeError when a secret is empty: then anybody could sign. Drop repetitions by the event's id: it is posted until it is answered. */
export function verifyWebhook(post: WebhookPost): AnyEvent {
  const { payload, headers, secret, nowMs = Date.now(), toleranceSeconds = 300 } = post;
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature');
  mustBeOfNow(timestamp, nowMs, toleranceSeconds);
  const expected = [secret].flat().map((one) => sign(one, `${id}.${timestamp}.`, payload));
  const given = signatures.split(' ').filter((signature) => signature.startsWith('v1,'));
  // Every one is compared, so that the time tells nothing.
  const fitting = given.filter(
    (signature) => expected.filter((other) => isEqual(signature.slice(3), other)).length > 0,
  );
  if (fitting.length === 0) throw new InvalidWebhook('signature', 'No signature in webhook-signature fits');
  return eventOf(payload, id);
}

function headerOf(headers: WebhookPost['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : entryOf(headers, name);
  if (typeof value !== 'string' || value === '')
    throw new InvalidWebhook('headers', `The header ${name} is missing`);
  return value;
}

function entryOf(headers: Exclude<WebhookPost['headers'], Headers>, name: string): unknown {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function mustBeOfNow(timestamp: string, nowMs: number, toleranceSeconds: number): void {
  if (!/^\d{1,12}$/.test(timestamp))
    throw new InvalidWebhook('timestamp', 'webhook-timestamp is not a number of seconds since 1970');
  const awaySeconds = Math.abs(Math.floor(nowMs / 1_000) - Number(timestamp));
  if (awaySeconds > toleranceSeconds)
    throw new InvalidWebhook(
      'timestamp',
      `webhook-timestamp is ${awaySeconds} seconds from now; ${toleranceSeconds} are allowed`,
    );
}

function sign(secret: string, head: string, payload: string | Uint8Array): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length === 0) throw new TypeError('The secret of the webhook is empty: it is `whsec_` and base64');
  return createHmac('sha256', key).update(head).update(payload).digest('base64');
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function eventOf(payload: string | Uint8Array, id: string): AnyEvent {
  const event = parseEvent(typeof payload === 'string' ? payload : Buffer.from(payload).toString());
  if (!event) throw new InvalidWebhook('payload', 'The payload is no event that this version can read');
  if (event.id !== id)
    throw new InvalidWebhook('payload', 'The payload is not the event that webhook-id names');
  return event;
}
