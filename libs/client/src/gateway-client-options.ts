import type { Permission } from '@cloud-gateway/contracts';

export interface GatewayClientOptions {
  /**
   * `https://…` or `amqps://…`, also without TLS: the scheme chooses the way, and the calls are the same. An AMQP URL with
   * user and password is used as it is; without them the broker is entered as the client.
   */
  readonly url: string;
  /** Goes with `clientSecret`; over AMQP with `token` too: it is the broker's user. */
  readonly clientId?: string | undefined;
  /** Tokens are fetched with it, and renewed before they end. */
  readonly clientSecret?: string | undefined;
  /** Instead of the secret: this token, which is never renewed. */
  readonly token?: string | undefined;
  /** Fewer than the client has, for the tokens that are fetched. */
  readonly permissions?: readonly Permission[] | undefined;
  /** Life of a fetched token; default an hour. */
  readonly tokenSeconds?: number | undefined;
  /** For events(): where the broker is. Default: `url` when that is AMQP, else what the subscription says. */
  readonly brokerUrl?: string | undefined;
  /** PEM of the certificate authority to trust instead of the usual ones. */
  readonly ca?: string | Buffer | undefined;
  /** Of a call with all its repetitions; default a minute. */
  readonly timeoutMs?: number | undefined;
  /** How often a call is tried at the most; default 10, which outlasts the restart of a broker. */
  readonly attempts?: number | undefined;
  /** Of the program that calls: its user agent, and its name in the broker's list of connections. */
  readonly name?: string | undefined;
}
