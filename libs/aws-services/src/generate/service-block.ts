// One service as the lines of the catalogue that stand for it.
import { defaultHostsOf } from './default-hosts-of.ts';
import type { RuleSetHosts } from './host-patterns-of.ts';
import { operationLines } from './operation-lines.ts';
import { protocolsOf } from './protocols-of.ts';
import type { BotocoreService } from './read-botocore.ts';
import type { PartitionModel } from './service-model.ts';

export interface ServiceBlockInput {
  /** The newest first; the others only lend their operations. */
  readonly versions: readonly BotocoreService[];
  readonly hosts: RuleSetHosts;
  readonly partitions: readonly PartitionModel[];
}

export function serviceBlock({ versions, hosts, partitions }: ServiceBlockInput): string {
  const [service] = versions;
  if (!service) throw new TypeError('A service has at least one version.');
  const { metadata } = service.model;
  const { endpointPrefix } = metadata;
  const [basePath = ''] = hosts.basePaths.size === 1 ? hosts.basePaths : [];
  const isS3 = metadata.serviceId === 'S3';
  return [
    `service ${service.id}`,
    `name ${metadata.serviceAbbreviation ?? metadata.serviceFullName}`,
    `full ${metadata.serviceFullName}`,
    `title ${metadata.serviceId}`,
    `version ${metadata.apiVersion}`,
    `prefix ${endpointPrefix}`,
    `signing ${[...hosts.signingNames].join(' ')}`,
    `protocols ${protocolsOf(service.model).join(' ')}`,
    ...(metadata.targetPrefix === undefined ? [] : [`target ${metadata.targetPrefix}`]),
    // S3 has so many forms of names that they are rules in s3-endpoint.ts.
    ...(isS3 ? [] : [`hosts ${hostWords(hosts.patterns, endpointPrefix).join(' ')}`]),
    ...defaultLine(isS3 ? [] : defaultHostsOf(service, partitions)),
    ...allOperationLines(versions, basePath),
  ].join('\n');
}

/** What a method and path mean, the newest version says. */
function allOperationLines(versions: readonly BotocoreService[], basePath: string): readonly string[] {
  const byTemplate = new Map<string, string>();
  for (const line of versions.flatMap(({ model }) => operationLines(model, basePath))) {
    // Optional parameters of S3 and a slash at the end differ from version to version, and tell nothing apart.
    const template = line
      .replace(/ \w+$/, '')
      .replace(/[?&]\*[\w-]+/g, '')
      .replace(/\/(?=\?|$)/, '');
    if (!byTemplate.has(template)) byTemplate.set(template, line);
  }
  return [...byTemplate.values()];
}

/** `*` is the four usual patterns at once, `host=region` a host without region and what it is signed for. */
function hostWords(patterns: RuleSetHosts['patterns'], endpointPrefix: string): readonly string[] {
  const usual = usualPatterns(endpointPrefix);
  const hasAllUsual = usual.every((pattern) => patterns.has(pattern));
  const others = [...patterns]
    .filter(([pattern]) => !hasAllUsual || !usual.includes(pattern))
    .map(([pattern, region]) => (region === undefined ? pattern : `${pattern}=${region}`))
    .sort();
  return hasAllUsual ? ['*', ...others] : others;
}

function usualPatterns(prefix: string): readonly string[] {
  return [`${prefix}.R.D`, `${prefix}-fips.R.D`, `${prefix}.R.S`, `${prefix}-fips.R.S`];
}

function defaultLine(hosts: readonly string[]): readonly string[] {
  return hosts.length > 0 ? [`default ${hosts.join(' ')}`] : [];
}
