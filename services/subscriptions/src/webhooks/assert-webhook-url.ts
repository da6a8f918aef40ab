// Whether a subscription may be made for this address. A courtesy: what counts is the check at each connection.
import { GatewayError } from '@cloud-gateway/contracts';
import { createWebhookAddresses, ForbiddenAddressError, type ResolveName } from './webhook-addresses.ts';

export interface WebhookUrlRules {
  readonly allowPrivate: boolean;
  /** Default: the DNS. */
  readonly resolve?: ResolveName;
}

/** Rejects with `validation-failed`. Accepts a name when the DNS does not answer now: it may when events come. */
export async function assertWebhookUrl(text: string, rules: WebhookUrlRules): Promise<void> {
  const url = parse(text);
  if (url.protocol !== 'https:' && !(rules.allowPrivate && url.protocol === 'http:'))
    throw refusal('must start with https://: events are not sent in the clear');
  if (url.username !== '' || url.password !== '')
    throw refusal('must not hold a user or password: verify the signature of each event instead');
  const addresses = createWebhookAddresses(rules);
  try {
    if (addresses.checkHost(url.hostname) === 'name') await addresses.resolveAllowed(url.hostname);
  } catch (err) {
    if (err instanceof ForbiddenAddressError)
      throw refusal(
        'must lead to an address of the public internet; the operator can allow others with GATEWAY_WEBHOOKS_ALLOW_PRIVATE',
      );
    if (isUnknownName(err)) throw refusal(`names a host that the DNS does not know: ${url.hostname}`);
  }
}

function parse(text: string): URL {
  if (!URL.canParse(text)) throw refusal('must be a URL');
  return new URL(text);
}

function isUnknownName(err: unknown): boolean {
  const code: unknown = err instanceof Error ? Reflect.get(err, 'code') : undefined;
  return code === 'ENOTFOUND' || code === 'ENODATA';
}

function refusal(reason: string): GatewayError {
  return new GatewayError('validation-failed', {
    message: `The URL of the webhook ${reason}.`,
    issues: [{ path: 'body.delivery.url', message: reason }],
  });
}
