// The settings of the connections to the clouds, made into them.
import type { Clock } from '@cloud-gateway/clock';
import { readUpstream } from '@cloud-gateway/clouds';
import type { Logger } from '@cloud-gateway/runtime';
import type { CsgConfig } from '../config.ts';
import { createUpstream, type Upstream } from './create-upstream.ts';
import { parseEndpointMap } from './parse-endpoint-map.ts';

type UpstreamConfig = Pick<
  CsgConfig,
  | 'GATEWAY_UPSTREAM_PROXY_URL'
  | 'GATEWAY_UPSTREAM_CA_FILE'
  | 'GATEWAY_CSG_UPSTREAM_ENDPOINTS'
  | 'GATEWAY_CSG_CONNECTIONS_MAX'
>;

const timeouts = { connectMs: 5_000, tlsMs: 5_000, idleMs: 15_000, waitMs: 5_000 };

/** Throws ConfigurationError for a proxy, a file or an endpoint map that cannot be used. */
export function openUpstream(
  config: UpstreamConfig,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): Upstream {
  const { proxy, extraCa } = readUpstream(config);
  const endpoints = parseEndpointMap(config.GATEWAY_CSG_UPSTREAM_ENDPOINTS);
  log.info('the way to the clouds', {
    upstreamProxy: proxy === undefined ? 'none' : `${proxy.host}:${proxy.port}`,
    endpointsMapped: config.GATEWAY_CSG_UPSTREAM_ENDPOINTS.length,
  });
  // A client's connection has one call under way, and so one of ours.
  const limits = { connectionsMax: config.GATEWAY_CSG_CONNECTIONS_MAX };
  return createUpstream({ proxy, extraCa, endpoints, timeouts, limits, clock });
}
