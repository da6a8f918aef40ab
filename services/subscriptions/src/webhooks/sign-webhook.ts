// Standard Webhooks 1.0, "Signature scheme", symmetric: HMAC-SHA256 over `<id>.<timestamp>.<body>`.
import { createHmac, type KeyObject } from 'node:crypto';

export interface SignedWebhook {
  readonly id: string;
  /** Seconds since 1970, of this attempt. */
  readonly timestamp: number;
  readonly body: Buffer;
}

/** Gives the value of `webhook-signature`. */
export function signWebhook(key: KeyObject, { id, timestamp, body }: SignedWebhook): string {
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
  return `v1,${hmac.digest('base64')}`;
}
