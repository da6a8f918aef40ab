// Where a request goes that names only service and region: the rule set is asked, for every region of every partition.
import { resolveEndpoint } from '@aws-sdk/util-endpoints';
import type { BotocoreService } from './read-botocore.ts';
import type { PartitionModel } from './service-model.ts';
import { toHostPattern } from './to-host-pattern.ts';

/**
 * Gives only what differs from `<endpoint prefix>.R.D`: `aws=iam.amazonaws.com` for a whole partition, `*=dsql.R.S` for
 * all of them, or `us-gov-west-1=…` where the regions of a partition differ.
 */
export function defaultHostsOf(
  { model, ruleSet }: Pick<BotocoreService, 'model' | 'ruleSet'>,
  partitions: readonly PartitionModel[],
): readonly string[] {
  const usual = `${model.metadata.endpointPrefix}.R.D`;
  const byPartition = partitions.map((partition) => ({
    id: partition.id,
    hosts: Object.keys(partition.regions)
      .filter((region) => !region.endsWith('-global'))
      .map((region) => ({ region, ...defaultHost(ruleSet, region, partitions) })),
  }));
  const everywhere = theOne(byPartition.flatMap(({ hosts }) => hosts.map(({ pattern = usual }) => pattern)));
  if (everywhere !== undefined) return everywhere === usual ? [] : [`*=${everywhere}`];
  return byPartition.flatMap(({ id, hosts }) => {
    const pattern = theOne(hosts.map(({ pattern = usual }) => pattern));
    const fixed = hosts.length > 1 ? theOne(hosts.map(({ host }) => host)) : undefined;
    if (fixed !== undefined) return [`${id}=${fixed}`];
    if (pattern !== undefined) return pattern === usual ? [] : [`${id}=${pattern}`];
    return hosts.flatMap(({ region, host, pattern = usual }) =>
      pattern === usual && (host === undefined || isIn(region, host)) ? [] : [`${region}=${host}`],
    );
  });
}

interface DefaultHost {
  readonly host?: string | undefined;
  readonly pattern?: string | undefined;
}

function defaultHost(ruleSet: object, region: string, partitions: readonly PartitionModel[]): DefaultHost {
  try {
    const { url } = resolveEndpoint(ruleSet as Parameters<typeof resolveEndpoint>[0], {
      endpointParams: { Region: region, UseFIPS: false, UseDualStack: false },
    });
    const host = url.hostname;
    // A fixed region that is not the one asked for (IAM of China is in cn-north-1) has to stay as it is.
    return { host, pattern: isIn(region, host) ? toHostPattern(url.origin, partitions) : host };
  } catch {
    // Rule sets refuse where a service needs more than a region (S3 Control an account) or is not in the partition.
    return {};
  }
}

function isIn(region: string, host: string): boolean {
  return host.split('.').includes(region);
}

function theOne<T>(values: readonly T[]): T | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
