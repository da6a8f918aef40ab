// Agents that reach AWS by CONNECT through an HTTP proxy. What goes wrong before the tunnel stands is the proxy's, and is
// told as such: the request has surely not been sent then.
import { HttpProxyAgent, HttpsProxyAgent } from 'hpagent';
import type { UpstreamProxy } from '../../upstream-proxy.ts';
import { NotSent } from '../errors/not-sent.ts';
import { ProxyFailure } from '../errors/proxy-failure.ts';

interface AgentOptions {
  readonly keepAlive: boolean;
  readonly maxSockets: number;
  /** After so long without a byte a connection is given up. */
  readonly timeout: number;
  readonly ca?: string[];
}

export function createProxyAgents(
  proxy: UpstreamProxy,
  { plain, secure }: { readonly plain: AgentOptions; readonly secure: AgentOptions },
) {
  // hpagent connects to `hostname` as it is, and in a URL an IPv6 address has brackets.
  const address = { protocol: 'http:', hostname: proxy.host, port: String(proxy.port) };
  const through = {
    proxy: address as URL,
    proxyRequestOptions: {
      headers: proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization },
    },
  };
  return {
    httpAgent: tellingOfProxy(new HttpProxyAgent({ ...plain, ...through }), proxy),
    httpsAgent: tellingOfProxy(new HttpsProxyAgent({ ...secure, ...through }), proxy),
  };
}

type Connected = (error: Error | null, socket?: unknown) => void;
type ConnectingAgent = { createConnection(options: object, connected: Connected): void };

function tellingOfProxy<Agent extends HttpProxyAgent | HttpsProxyAgent>(
  agent: Agent,
  { host, port }: UpstreamProxy,
): Agent {
  const inner = agent as unknown as ConnectingAgent;
  const connect = inner.createConnection.bind(agent);
  inner.createConnection = (options, connected) =>
    connect(options, (error, socket) =>
      connected(error && new NotSent(new ProxyFailure(`${host}:${port}`, error)), socket),
    );
  return agent;
}
