// The whole catalogue as text: the partitions, an empty line, and one block per service.
import { earlierHostPatterns } from './earlier-host-patterns.ts';
import { hostPatternsOf } from './host-patterns-of.ts';
import { mobileBlock } from './mobile-block.ts';
import type { Botocore, BotocoreService } from './read-botocore.ts';
import { serviceBlock } from './service-block.ts';
import type { PartitionModel } from './service-model.ts';

/** Not told apart from RDS by anything on the wire: the same hosts, signing name, protocol and API version. */
const spokenAsRds: ReadonlySet<string> = new Set(['docdb', 'neptune']);

/** @param earlier versions whose operations are kept where a path has changed: SDKs of that time still use it */
export function catalogueTextOf(botocore: Botocore, earlier: readonly Botocore[] = []): string {
  const { partitions } = botocore;
  const candidates = botocore.services.filter(isSignedWithSigV4).filter(({ id }) => !spokenAsRds.has(id));
  const hostsOf = new Map(candidates.map((service) => [service.id, hostPatternsOf(service, partitions)]));
  // The sign-in service has its hosts outside of the partitions' suffixes.
  const services = candidates.filter(({ id }) => (hostsOf.get(id)?.patterns.size ?? 0) > 0);
  const claimed = new Set([...hostsOf.values()].flatMap(({ patterns }) => [...patterns.keys()]));
  const earlierHosts = earlierHostPatterns(botocore.endpoints, partitions).filter(
    ({ pattern }) => !claimed.has(pattern),
  );

  const blocks = services.map((service) => {
    const hosts = hostsOf.get(service.id) ?? hostPatternsOf(service, partitions);
    const patterns = new Map(hosts.patterns);
    for (const { endpointPrefix, pattern, signingRegion } of earlierHosts) {
      if (endpointPrefix !== service.model.metadata.endpointPrefix) continue;
      const hasRegion = pattern.split('.').includes('R');
      patterns.set(pattern, patterns.get(pattern) ?? (hasRegion ? undefined : signingRegion));
    }
    const versions = [
      service,
      ...earlier.flatMap(({ services: all }) => all.filter(({ id }) => id === service.id)),
    ];
    return serviceBlock({ versions, hosts: { ...hosts, patterns }, partitions });
  });
  return [partitions.map(partitionLine).join('\n'), ...[...blocks, mobileBlock].sort()].join('\n\n');
}

/** CodeCatalyst takes bearer tokens and SimpleDB and Import/Export SigV2, so nothing could be sent on for them. */
function isSignedWithSigV4({ model }: BotocoreService): boolean {
  const { signatureVersion = 'v4' } = model.metadata;
  return ['v4', 's3', 's3v4'].includes(signatureVersion);
}

function partitionLine({ id, regionRegex, regions, outputs }: PartitionModel): string {
  const { dnsSuffix, dualStackDnsSuffix, implicitGlobalRegion } = outputs;
  const names = Object.keys(regions).filter((region) => !region.endsWith('-global'));
  return [
    'partition',
    id,
    dnsSuffix,
    dualStackDnsSuffix,
    implicitGlobalRegion,
    regionRegex.replaceAll('\\-', '-'),
    ...names,
  ].join(' ');
}
