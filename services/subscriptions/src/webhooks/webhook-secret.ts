// The signing secret of a webhook, in the form of the Standard Webhooks specification (https://www.standardwebhooks.com):
// `whsec_` and 24 to 64 random bytes in base64. Stored sealed; shown once, when the subscription is made.
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

export function mintWebhookSecret(random: (size: number) => Buffer = randomBytes): string {
  return `${prefix}${random(24).toString('base64')}`;
}

/** Throws when the text is no such secret; the message does not hold it. */
export function webhookKey(secret: string): KeyObject {
  const bytes = secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : undefined;
  if (bytes === undefined || bytes.length < 24 || bytes.length > 64)
    throw new Error('a signing secret is whsec_ and 24 to 64 bytes in base64');
  return createSecretKey(bytes);
}

/** What the vault binds the sealed secret to. */
export function webhookSecretContext(subscriptionId: string): string {
  return `webhook-secret:${subscriptionId}`;
}
