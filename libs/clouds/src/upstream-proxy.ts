/** An HTTP proxy that everything sent to the clouds goes through, by CONNECT (RFC 9110 section 9.3.6). */
export interface UpstreamProxy {
  /** Name or address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** The value of Proxy-Authorization, where the proxy wants one: `Basic …` (RFC 7617). A secret. */
  readonly authorization: string | undefined;
}

/**
 * Reads `http://user:password@host:port`, without a port 80. User and password are percent-encoded where they hold
 * characters that a URL gives a meaning, an `@` for example. Throws TypeError when they are not encoded well; its
 * message does not show them.
 */
export function parseProxyUrl(text: string): UpstreamProxy {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || url.hostname === '') {
    throw new TypeError('expected a URL that starts with http://');
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 80 : Number(url.port),
    authorization: authorizationOf(url),
  };
}

function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const user = decoded(username);
  if (user.includes(':')) throw new TypeError('a user with a colon cannot be sent to a proxy (RFC 7617)');
  return `Basic ${Buffer.from(`${user}:${decoded(password)}`).toString('base64')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TypeError('user or password are not percent-encoded well: write a % as %25');
  }
}
