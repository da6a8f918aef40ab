/**
 * connect: no connection, or no address for the name. timeout: one of ours ran out. tls: the handshake or the certificate.
 * proxy: the upstream proxy did not let us through. closed: given up, by the caller or because the gateway stops.
 */
export type UpstreamErrorKind = 'connect' | 'timeout' | 'tls' | 'proxy' | 'closed';

/** There is no connection to the cloud. The message is for the caller and holds no secret; nothing was sent. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly kind: UpstreamErrorKind;

  constructor(kind: UpstreamErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export function isUpstreamError(value: unknown): value is UpstreamError {
  return value instanceof UpstreamError;
}
