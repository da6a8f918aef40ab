import { createHash } from 'node:crypto';

/** A document that the edge serves itself, whole and from memory. */
export interface Page {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

// Everything on a page comes from the edge itself. Inline styles are how both pages and RapiDoc's components are dressed.
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

export function createPage(contentType: string, text: string): Page {
  const body = Buffer.from(text);
  return {
    headers: {
      'content-type': `${contentType}; charset=utf-8`,
      // Asked again each time, sent again only when another version runs.
      'cache-control': 'no-cache',
      etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': contentSecurityPolicy,
    },
    body,
  };
}
