import { catalogue, type Partition, type ServiceRecord } from './catalogue.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointWithId } from './endpoint-with-id.ts';
import { type HostName, parseHostName } from './host-name.ts';
import { mainFirst } from './main-service.ts';
import { findS3Endpoint } from './s3-endpoint.ts';

/**
 * Tells which endpoint of AWS a host name is, and undefined for every other host, whoever owns it.
 *
 * The rule that the proxy's safety rests on: a name is an endpoint only if the whole of it is
 * - one of the fixed names of the catalogue (`iam.amazonaws.com`), or
 * - one of its patterns, label by label, with a region of the partition whose suffix the name has
 *   (`dynamodb-fips.us-west-2.amazonaws.com`, `<12 digits>.ddb.us-east-1.amazonaws.com`), or
 * - one of the forms of S3 (s3-endpoint.ts), or
 * - an id of the form that the service hands out, before a pattern of the few services that do (endpoint-with-id.ts).
 *
 * Lying under amazonaws.com says nothing: customers' machines, databases and balancers lie there too.
 */
export function findEndpoint(host: string): Endpoint | undefined {
  const name = parseHostName(host);
  return name && (findS3Endpoint(name) ?? findFixed(name) ?? findRegional(name) ?? findGlobal(name));
}

function findFixed(name: HostName): Endpoint | undefined {
  const entry = index().get(name.text);
  return entry && findWithoutRegion(name, entry);
}

function findRegional(name: HostName): Endpoint | undefined {
  const { labels, partitions, suffix } = name;
  for (let at = labels.length - 1; at >= 0; at -= 1) {
    const region = labels[at] ?? '';
    const partition = partitions.find(({ regionPattern }) => regionPattern.test(region));
    if (!partition) continue;
    const pattern = [...labels.with(at, 'R'), suffix].join('.');
    const entry = index().get(pattern) ?? withAccount(pattern) ?? endpointWithId(pattern);
    return entry && endpoint(name, entry, { partition, region, signingRegion: region });
  }
  return undefined;
}

function findGlobal(name: HostName): Endpoint | undefined {
  const entry = index().get(`${name.labels.join('.')}.${name.suffix}`) ?? withAccount(name.text);
  return entry && findWithoutRegion(name, entry);
}

function findWithoutRegion(name: HostName, entry: IndexEntry): Endpoint | undefined {
  const [first] = name.partitions;
  const { signingRegion = first?.implicitGlobalRegion ?? '' } = entry;
  if (signingRegion === '*') {
    return first && endpoint(name, entry, { partition: first, region: undefined, signingRegion: undefined });
  }
  const partition = name.partitions.find(({ regionPattern }) => regionPattern.test(signingRegion));
  return partition && endpoint(name, entry, { partition, region: undefined, signingRegion });
}

function withAccount(pattern: string): IndexEntry | undefined {
  return /^\d{12}\./.test(pattern) ? index().get(`A${pattern.slice(12)}`) : undefined;
}

function endpoint(
  { text: host, labels, suffix }: HostName,
  { services }: Pick<IndexEntry, 'services'>,
  place: { partition: Partition; region: string | undefined; signingRegion: string | undefined },
): Endpoint {
  return {
    host,
    services: services.map(({ id }) => id),
    signingNames: [...new Set(services.flatMap(({ signingNames }) => signingNames))],
    partition: place.partition.id,
    region: place.region,
    signingRegion: place.signingRegion,
    fips: labels.some((part) => /^fips$|^fips-|-fips$/.test(part)),
    dualStack: suffix === 'S' || labels.includes('dualstack'),
    bucket: undefined,
  };
}

interface IndexEntry {
  readonly services: readonly ServiceRecord[];
  readonly signingRegion?: string | undefined;
}

let built: ReadonlyMap<string, IndexEntry> | undefined;

/** Pattern or fixed name → who answers there. The placeholders are upper case, so no host name can be taken for one. */
function index(): ReadonlyMap<string, IndexEntry> {
  built ??= buildIndex();
  return built;
}

function buildIndex(): ReadonlyMap<string, IndexEntry> {
  const entries = new Map<string, IndexEntry>();
  for (const service of catalogue().services) {
    for (const host of service.hosts) {
      const [pattern = '', signingRegion] = host.split('=');
      const earlier = entries.get(pattern);
      entries.set(pattern, {
        services: mainFirst([...(earlier?.services ?? []), service]),
        signingRegion: earlier?.signingRegion ?? signingRegion,
      });
    }
  }
  return entries;
}
