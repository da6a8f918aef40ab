// Brings the many ways in which botocore writes host names to one: labels, of which these stand for something.
//   R  a region of the partition        A  an account id, 12 digits
//   D  the DNS suffix of the partition  S  its dual-stack suffix
// `https://iam.us-gov.amazonaws.com` stays as it is; `https://ec2.us-gov-west-1.amazonaws.com` is `ec2.R.D`.
import type { PartitionModel } from './service-model.ts';

/** Gives undefined for what holds any other placeholder, or lies under no suffix of a partition. */
export function toHostPattern(url: string, partitions: readonly PartitionModel[]): string | undefined {
  const host = url
    .replace(/^https:\/\//, '')
    .replace(/(?<=\})\/.*$|\/[^{}]*$/, '')
    .replace(/\{\w+#dnsSuffix\}$/, 'D')
    .replace(/\{\w+#dualStackDnsSuffix\}$/, 'S')
    .replace(/(?<=^|\.|-)\{(Region|\w+#region|PartitionResult#implicitGlobalRegion)\}(?=\.)/, 'R')
    .replace(/^\{(AccountId|\w+#accountId)\}(?=\.)/, 'A');
  if (!/^[A-Za-z0-9.-]+$/.test(host)) return undefined;
  return /\.[DS]$/.test(host) ? withoutRegion(host, partitions) : fromLiteral(host, partitions);
}

function withoutRegion(pattern: string, partitions: readonly PartitionModel[]): string {
  const isRegion = (label: string) =>
    partitions.some(({ regionRegex }) => new RegExp(regionRegex).test(label));
  return pattern
    .split('.')
    .map((label) => (isRegion(label) ? 'R' : label))
    .join('.');
}

function fromLiteral(host: string, partitions: readonly PartitionModel[]): string | undefined {
  for (const { outputs, regionRegex } of partitions) {
    for (const [suffix, sign] of [
      [outputs.dualStackDnsSuffix, 'S'],
      [outputs.dnsSuffix, 'D'],
    ] as const) {
      if (!host.endsWith(`.${suffix}`)) continue;
      const labels = host.slice(0, -suffix.length - 1).split('.');
      const region = labels.findLastIndex((label) => label === 'R' || new RegExp(regionRegex).test(label));
      if (region >= 0) return [...labels.with(region, 'R'), sign].join('.');
    }
  }
  return partitions.some(
    ({ outputs }) =>
      host.endsWith(`.${outputs.dnsSuffix}`) || host.endsWith(`.${outputs.dualStackDnsSuffix}`),
  )
    ? host
    : undefined;
}
