// Endpoint mode: the client sends to us, so where the request goes on to follows from its credential scope.
import { catalogue, type Partition, type ServiceRecord } from './catalogue.ts';
import { findEndpoint } from './find-endpoint.ts';
import { isMain } from './main-service.ts';
import { partitionOfRegion } from './partition-of-region.ts';

export interface HostForInput {
  readonly signingName: string;
  readonly region: string;
  /** The id that `operationOf` found, where several services share a signing name. */
  readonly service?: string | undefined;
}

export interface UpstreamHost {
  readonly host: string;
  /** What to sign for. Not always the region asked for: IAM is signed for us-east-1 whatever the client's region is. */
  readonly signingRegion: string;
}

/** Their hosts hold an id that is in no scope. */
const withoutDefaultHost: ReadonlySet<string> = new Set([
  'apigatewaymanagementapi',
  'cloudfront-keyvaluestore',
]);

/**
 * Gives the standard endpoint, regional where there is one. Undefined where the region does not exist, the signing name
 * is nobody's, or several services with different hosts share it and none is named or has it for its own name.
 */
export function hostFor({ signingName, region, service }: HostForInput): UpstreamHost | undefined {
  const partition = partitionOfRegion(region);
  if (!partition) return undefined;
  const candidates = catalogue().services.filter(
    ({ id, signingNames }) => signingNames.includes(signingName) && (service === undefined || id === service),
  );
  const hosts = new Set(candidates.map((candidate) => defaultHost(candidate, partition, region)));
  const main = candidates.find((candidate) => isMain(candidate, signingName));
  const host = hosts.size > 1 ? main && defaultHost(main, partition, region) : [...hosts][0];
  const endpoint = host === undefined ? undefined : findEndpoint(host);
  return endpoint && { host: endpoint.host, signingRegion: endpoint.signingRegion ?? region };
}

function defaultHost(service: ServiceRecord, partition: Partition, region: string): string | undefined {
  if (withoutDefaultHost.has(service.id)) return undefined;
  if (service.id === 's3') return `s3.${region}.${partition.dnsSuffix}`;
  const { defaultHosts, endpointPrefix } = service;
  const pattern =
    defaultHosts.get(region) ??
    defaultHosts.get(partition.id) ??
    defaultHosts.get('*') ??
    `${endpointPrefix}.R.D`;
  return pattern
    .split('.')
    .map((label) => ({ R: region, D: partition.dnsSuffix, S: partition.dualStackDnsSuffix })[label] ?? label)
    .join('.');
}
