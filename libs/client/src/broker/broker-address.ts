// Where a broker is, and as whom its URL wants to be entered. Pure.

export interface BrokerLogin {
  readonly username: string;
  readonly password: string;
}

export interface BrokerAddress {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
  /** Percent-encoded; empty: `/`. */
  readonly virtualHost: string;
  /** The user info of the URL, when it has any. */
  readonly login: BrokerLogin | undefined;
}

/** Throws TypeError, without the URL in it, which may hold a password. */
export function parseBrokerUrl(text: string): BrokerAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['amqp:', 'amqps:'].includes(url.protocol) || url.hostname === '')
    throw new TypeError('The address of the broker must be an amqp:// or amqps:// URL');
  const secure = url.protocol === 'amqps:';
  return {
    secure,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 5671 : 5672) : Number(url.port),
    virtualHost: url.pathname.slice(1),
    login:
      url.username === ''
        ? undefined
        : { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
  };
}
