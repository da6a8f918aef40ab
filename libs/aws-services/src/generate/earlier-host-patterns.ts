// endpoints.json is older than the rule sets and no longer the truth, but the only place that names the oldest hosts,
// which clients still use: queue.amazonaws.com, <region>.elasticmapreduce.amazonaws.com.
import type { EndpointModel, EndpointsModel, PartitionModel } from './service-model.ts';
import { toHostPattern } from './to-host-pattern.ts';

export interface EarlierHost {
  readonly endpointPrefix: string;
  readonly pattern: string;
  readonly signingRegion: string | undefined;
}

export function earlierHostPatterns(
  endpoints: EndpointsModel,
  partitions: readonly PartitionModel[],
): readonly EarlierHost[] {
  return endpoints.partitions.flatMap(({ services }) =>
    Object.entries(services).flatMap(([endpointPrefix, service]) =>
      [service.defaults ?? {}, ...Object.values(service.endpoints)]
        .flatMap((endpoint) => [endpoint, ...(endpoint.variants ?? [])].flatMap((e) => hostsOf(e, endpoint)))
        .flatMap(({ host, signingRegion }) => {
          const pattern = toHostPattern(inTheOtherSpelling(host, endpointPrefix), partitions);
          return pattern === undefined ? [] : [{ endpointPrefix, pattern, signingRegion }];
        }),
    ),
  );
}

function hostsOf(
  { hostname, sslCommonName }: EndpointModel,
  { credentialScope }: EndpointModel,
): readonly { host: string; signingRegion: string | undefined }[] {
  return [hostname, sslCommonName]
    .filter((host) => host !== undefined)
    .map((host) => ({
      host,
      signingRegion: host.includes('{region}') ? undefined : credentialScope?.region,
    }));
}

function inTheOtherSpelling(host: string, service: string): string {
  return host
    .replace('{service}', service)
    .replace('{region}', '{Region}')
    .replace('{dnsSuffix}', '{Partition#dnsSuffix}');
}
