// A host name in the one spelling that is compared, cut at the suffix of a partition.
import { catalogue, type Partition } from './catalogue.ts';

export interface HostName {
  /** Lower case. */
  readonly text: string;
  /** What is before the suffix; never empty. */
  readonly labels: readonly string[];
  /** D: under the DNS suffix of the partitions. S: under their dual-stack suffix. */
  readonly suffix: 'D' | 'S';
  /** Several share a suffix (aws and aws-us-gov); the region then tells. */
  readonly partitions: readonly Partition[];
}

/** Letters, digits and hyphens only: no underscore, no trailing dot, no punycode, no port, no address. */
const label = /^(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function parseHostName(host: string): HostName | undefined {
  if (host.length > 253) return undefined;
  const text = host.toLowerCase();
  const all = text.split('.');
  if (!all.every((part) => label.test(part))) return undefined;
  for (const { suffix, ending, partitions } of suffixes()) {
    if (!text.endsWith(ending)) continue;
    return { text, labels: text.slice(0, -ending.length).split('.'), suffix, partitions };
  }
  return undefined;
}

interface Suffix {
  readonly ending: string;
  readonly suffix: 'D' | 'S';
  readonly partitions: readonly Partition[];
}

let known: readonly Suffix[] | undefined;

function suffixes(): readonly Suffix[] {
  known ??= readSuffixes();
  return known;
}

function readSuffixes(): readonly Suffix[] {
  const { partitions } = catalogue();
  const of = (suffix: 'D' | 'S', name: (partition: Partition) => string) =>
    [...new Set(partitions.map(name))].map((text) => ({
      ending: `.${text}`,
      suffix,
      partitions: partitions.filter((partition) => name(partition) === text),
    }));
  return [
    ...of('S', ({ dualStackDnsSuffix }) => dualStackDnsSuffix),
    ...of('D', ({ dnsSuffix }) => dnsSuffix),
  ];
}
