// Where a call goes: the host of its tunnel, or, when the client calls us by our own name, the endpoint that its
// signature means. Host, tunnel and signing scope have to agree, or somebody could be led past what was approved.
import { hostFor, resolveService } from '@cloud-gateway/aws-services';
import type { ParsedSignature } from '@cloud-gateway/sigv4';
import type { Call } from './call.ts';
import { RefusedCall } from './refused-call.ts';
import type { Target } from './target.ts';

/** Throws RefusedCall. */
export function findTarget({ connection }: Pick<Call, 'connection'>, parsed: ParsedSignature): Target {
  if (connection.mode === 'proxy') assertHostOfTunnel(connection.host, parsed);
  const { service: signingName, region } = parsed.scope;
  const known = connection.lastTarget;
  if (known?.signingName === signingName && known.region === region) return known.target;
  const target = connection.mode === 'proxy' ? tunnelTarget(connection.host, parsed) : scopeTarget(parsed);
  connection.lastTarget = { signingName, region, target };
  return target;
}

function assertHostOfTunnel(host: string, parsed: ParsedSignature): void {
  const sent = (parsed.headers.get('host')?.[0] ?? '').toLowerCase();
  if (sent === host || sent === `${host}:443`) return;
  throw new RefusedCall('host-mismatch', `The tunnel leads to ${host}, but the request names another host.`);
}

function tunnelTarget(host: string, { scope: { service: signingName, region } }: ParsedSignature): Target {
  const resolution = resolveService({ host, signingName, region });
  if (!resolution.ok) {
    const kind = resolution.reason === 'unknown-host' ? 'unknown-service' : 'scope-mismatch';
    throw new RefusedCall(kind, resolution.message);
  }
  const { services, endpoint } = resolution;
  return { host, services, signingRegion: region, bucket: endpoint?.bucket };
}

function scopeTarget({ scope: { service: signingName, region } }: ParsedSignature): Target {
  const resolution = resolveService({ signingName, region });
  if (!resolution.ok) throw new RefusedCall('scope-mismatch', resolution.message);
  const upstream = hostFor({ signingName, region });
  if (upstream === undefined) {
    throw new RefusedCall(
      'unknown-service',
      'The signature does not tell which endpoint is meant; use the gateway as an HTTPS proxy for this service.',
    );
  }
  return { ...upstream, services: resolution.services, bucket: undefined };
}
