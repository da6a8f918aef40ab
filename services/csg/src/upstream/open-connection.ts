// A new connection to an endpoint of the cloud: TCP, the upstream proxy, TLS; each step with its own deadline.
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { UpstreamProxy } from '@cloud-gateway/clouds';
import { openTcp } from './open-tcp.ts';
import { openTls } from './open-tls.ts';
import { openTunnel } from './open-tunnel.ts';
import type { EndpointMap } from './parse-endpoint-map.ts';
import type { TlsSessions } from './tls-sessions.ts';

export interface UpstreamTarget {
  /** The endpoint as AWS calls it, in small letters. */
  readonly host: string;
  readonly port: number;
}

export interface OpenConnectionDeps {
  readonly proxy: UpstreamProxy | undefined;
  readonly endpoints: EndpointMap;
  readonly context: SecureContext;
  readonly sessions: TlsSessions;
  readonly timeouts: { readonly connectMs: number; readonly tlsMs: number };
}

/** The certificate is always verified. Rejects with UpstreamError, and leaves nothing open then. */
export async function openConnection(
  { proxy, endpoints, context, sessions, timeouts }: OpenConnectionDeps,
  target: UpstreamTarget,
  signal: AbortSignal,
): Promise<Socket> {
  const endpoint = endpoints.find(target.host) ?? { ...target, tls: true };
  const step = { withinMs: timeouts.connectMs, signal };
  const socket =
    proxy === undefined
      ? await openTcp(endpoint, { ...step, what: 'the cloud' })
      : await openTcp(proxy, { ...step, what: 'the upstream proxy' });
  if (proxy !== undefined) await openTunnel(socket, { ...step, proxy, target: endpoint });
  if (!endpoint.tls) return socket;
  return openTls(socket, { host: endpoint.host, context, sessions, withinMs: timeouts.tlsMs, signal });
}
