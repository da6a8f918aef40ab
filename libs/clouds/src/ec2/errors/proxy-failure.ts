// The upstream proxy did not let us through, or is not there. Internal to this folder.
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';

  /** `cause` is what hpagent reports: `Bad response: 407`, `Proxy timeout`, or an error of the system. */
  constructor(proxy: string, cause: Error) {
    super(`the upstream proxy ${proxy} ${whatHappened(cause)}`, { cause });
  }
}

function whatHappened({ message, ...cause }: Error & { code?: string }): string {
  const status = /^Bad response: (\d{3})$/.exec(message)?.[1];
  if (status === '407') {
    return 'refused our user and password (407): correct GATEWAY_UPSTREAM_PROXY_URL';
  }
  if (status !== undefined) return `refused the connection (${status}): allow the cloud's endpoints there`;
  return `cannot be reached (${cause.code ?? message}): see GATEWAY_UPSTREAM_PROXY_URL`;
}
