// Which host patterns the rule set of a service can give, with the region that a host without one is signed for.
import type { BotocoreService } from './read-botocore.ts';
import type { PartitionModel } from './service-model.ts';
import { toHostPattern } from './to-host-pattern.ts';

export interface RuleSetHosts {
  /** Pattern → signing region, `*` being any; undefined: that in the pattern, or the partition's global one. */
  readonly patterns: ReadonlyMap<string, string | undefined>;
  readonly signingNames: ReadonlySet<string>;
  /** The paths that endpoints of this service begin with: usually one, ''. */
  readonly basePaths: ReadonlySet<string>;
}

interface RuleEndpoint {
  readonly url?: unknown;
  readonly properties?: {
    readonly authSchemes?: readonly { readonly signingName?: string; readonly signingRegion?: string }[];
  };
}

/** Kinesis' own placeholder and what it stands for. */
const kinesisPlanes = ['control', 'data'];

export function hostPatternsOf(
  { model, ruleSet }: Pick<BotocoreService, 'model' | 'ruleSet'>,
  partitions: readonly PartitionModel[],
): RuleSetHosts {
  const { metadata } = model;
  const patterns = new Map<string, string | undefined>();
  const signingNames = new Set([metadata.signingName ?? metadata.endpointPrefix]);
  const basePaths = new Set<string>();
  for (const { url, properties } of endpointsIn(ruleSet)) {
    const scheme = properties?.authSchemes?.[0];
    if (scheme?.signingName !== undefined && !scheme.signingName.includes('{'))
      signingNames.add(scheme.signingName);
    for (const text of urlsOf(url)) {
      const pattern = toHostPattern(text, partitions);
      if (pattern === undefined) continue;
      basePaths.add(/^https:\/\/[^/]+(\/[\w/]+)?$/.exec(text)?.[1] ?? '');
      patterns.set(pattern, patterns.get(pattern) ?? signingRegionOf(pattern, scheme?.signingRegion));
    }
  }
  for (const pattern of globalPatterns(patterns, partitions)) patterns.set(pattern, undefined);
  for (const prefix of hostPrefixesOf(model)) addPrefixed(patterns, prefix, metadata.endpointPrefix);
  return { patterns, signingNames, basePaths };
}

function endpointsIn(value: unknown): readonly RuleEndpoint[] {
  if (Array.isArray(value)) return value.flatMap(endpointsIn);
  if (typeof value !== 'object' || value === null) return [];
  return 'url' in value ? [value] : Object.values(value).flatMap(endpointsIn);
}

function urlsOf(url: unknown): readonly string[] {
  if (typeof url !== 'string') return [];
  return url.includes('{OperationType}')
    ? kinesisPlanes.map((plane) => url.replace('{OperationType}', plane))
    : [url];
}

function signingRegionOf(pattern: string, signingRegion: string | undefined): string | undefined {
  if (pattern.split('.').includes('R')) return undefined;
  if (signingRegion?.includes('implicitGlobalRegion')) return undefined;
  // Rules that say nothing leave it at the region that the client was set up with.
  return signingRegion === undefined || signingRegion.includes('{') ? '*' : signingRegion;
}

/** `iam.global.api.aws`: one partition after the other gets these, so the pattern goes for all of them. */
function globalPatterns(
  patterns: ReadonlyMap<string, string | undefined>,
  partitions: readonly PartitionModel[],
): readonly string[] {
  const found = [...patterns.keys()].flatMap((pattern) =>
    partitions
      .map(({ outputs }) => `.global.${outputs.dualStackDnsSuffix}`)
      .filter((ending) => pattern.endsWith(ending))
      .map((ending) => `${pattern.slice(0, -ending.length)}.global.S`),
  );
  return found.filter((pattern) => !patterns.has(pattern) && !pattern.startsWith('A.'));
}

/** Some operations put a fixed text before the host: `data-servicediscovery`, `cp.maps.geo`. */
function hostPrefixesOf(model: BotocoreService['model']): ReadonlySet<string> {
  return new Set(
    Object.values(model.operations)
      .flatMap(({ endpoint }) => endpoint?.hostPrefix ?? [])
      .filter((prefix) => !prefix.includes('{')),
  );
}

function addPrefixed(
  patterns: Map<string, string | undefined>,
  prefix: string,
  endpointPrefix: string,
): void {
  for (const pattern of [...patterns.keys()]) {
    if (pattern.startsWith(`${endpointPrefix}.`) || pattern.startsWith(`${endpointPrefix}-fips.`))
      patterns.set(prefix + pattern, undefined);
  }
}
