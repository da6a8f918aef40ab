// Says of a failure that it surely had no effect: the request never left, or an endpoint whose clock is wrong has refused
// it. Only such a failure of a call that must not be doubled is safe to report as "it did not happen". Internal to this
// folder; callers get the GatewayError of the cause.

export class NotSent extends Error {
  override readonly name = 'NotSent';

  constructor(cause: unknown) {
    super('the request was not sent', { cause });
  }
}

/** Tells whether the cloud cannot have seen the request. False means "perhaps it has". */
export function wasSurelyNotSent(error: unknown): boolean {
  if (error instanceof NotSent) return true;
  if (!(error instanceof Error)) return false;
  const { syscall, code } = error as NodeJS.ErrnoException;
  return syscall === 'connect' || syscall === 'getaddrinfo' || isTlsCode(code) || isConnectTimeout(error);
}

export function isConnectTimeout(error: Error): boolean {
  return error.name === 'TimeoutError' && error.message.includes('did not establish a connection');
}

/** Tells whether the handshake failed: a certificate that is not trusted, not for this name, out of date. */
export function isTlsCode(code: string | undefined): boolean {
  return (
    code !== undefined &&
    /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/.test(code)
  );
}
