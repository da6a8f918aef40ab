// Where a call goes: the host of its tunnel, or, when the client calls us by our own name, the endpoint that its
// signature means. Host, tunnel and signing scope have to agree, or somebody could be led past what was approved.
import { hostFor, resolveService } from '@cloud-gateway/aws-services';
import type { ParsedSignature } from '@cloud-gateway/sigv4';
import type { Call } from './call.ts';
import { RefusedCall } from './refused-call.ts';

export interface Target {
  /** Of AWS, lower-case. */
  readonly host: string;
  /** Ids of the services that it can be; what the call is for, its operation says. */
  readonly services: readonly string[];
  /** What to sign for. */
  readonly signingRegion: string;
  /** S3: the bucket in the host. */
  readonly bucket: string | undefined;
}

/** Throws RefusedCall. */
export function findTarget({ connection }: Pick<Call, 'connection'>, parsed: ParsedSignature): Target {
  return connection.mode === 'proxy' ? tunnelTarget(connection.host, parsed) : scopeTarget(parsed);
}

function tunnelTarget(host: string, parsed: ParsedSignature): Target {
  const sent = (parsed.headers.get('host')?.[0] ?? '').toLowerCase();
  if (sent !== host && sent !== `${host}:443`) {
    throw new RefusedCall(
      'host-mismatch',
      `The tunnel leads to ${host}, but the request names another host.`,
    );
  }
  const { service: signingName, region } = parsed.scope;
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
