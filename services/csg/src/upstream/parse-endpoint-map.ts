// GATEWAY_CSG_UPSTREAM_ENDPOINTS: other addresses for endpoints of AWS, for tests and private clouds.
import { ConfigurationError } from '@cloud-gateway/runtime';

/** Where a connection really goes. */
interface Endpoint {
  /** Name or address; an IPv6 address without brackets. With TLS, the certificate must be for it. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export interface EndpointMap {
  /** Undefined: the host itself, as AWS has it. An exact name goes before a suffix, a longer suffix before a shorter. */
  find(host: string): Endpoint | undefined;
}

/**
 * Reads items like `sts.amazonaws.com=https://10.0.0.1:8443`, `*.us-east-1.amazonaws.com=http://sim:4566` or `*=http://sim`.
 * A `*.` stands for one or more labels. Throws ConfigurationError.
 */
export function parseEndpointMap(items: readonly string[]): EndpointMap {
  const exact = new Map<string, Endpoint>();
  const suffixes = new Map<string, Endpoint>();
  for (const item of items) {
    const { pattern, endpoint } = parseItem(item);
    const isSuffix = pattern.startsWith('*');
    const table = isSuffix ? suffixes : exact;
    const key = isSuffix ? pattern.slice(1) : pattern;
    if (table.has(key)) throw refused(item, 'the same host stands there twice');
    table.set(key, endpoint);
  }
  const longestFirst = [...suffixes].sort(([a], [b]) => b.length - a.length);
  return {
    find(host) {
      const name = host.toLowerCase();
      return exact.get(name) ?? longestFirst.find(([suffix]) => name.endsWith(suffix))?.[1];
    },
  };
}

const hostPattern = /^(\*|(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*)$/;

function parseItem(item: string): { pattern: string; endpoint: Endpoint } {
  const equals = item.indexOf('=');
  if (equals < 0) throw refused(item, 'expected <host, *.suffix or *>=<url>');
  const pattern = item.slice(0, equals).trim().toLowerCase();
  if (!hostPattern.test(pattern)) throw refused(item, 'expected a host, *.suffix or * before the =');
  return { pattern, endpoint: parseEndpoint(item, item.slice(equals + 1).trim()) };
}

function parseEndpoint(item: string, text: string): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const tls = url?.protocol === 'https:';
  if (url === undefined || (!tls && url.protocol !== 'http:')) {
    throw refused(item, 'expected a URL with http:// or https:// after the =');
  }
  // The request keeps its own path and nobody logs in: what else stands there would be silently lost.
  if (url.href !== `${url.origin}/`) throw refused(item, 'expected a URL of scheme, host and port only');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: url.port === '' ? (tls ? 443 : 80) : Number(url.port), tls };
}

function refused(item: string, why: string): ConfigurationError {
  // Somebody may have written a password into the URL.
  const shown = item.replace(/\/\/[^/]*@/, '//…@');
  return new ConfigurationError([
    { name: 'GATEWAY_CSG_UPSTREAM_ENDPOINTS', message: `${JSON.stringify(shown)}: ${why}` },
  ]);
}
