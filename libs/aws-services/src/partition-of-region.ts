import { catalogue, type Partition } from './catalogue.ts';

/** Gives the partition that a region lies in, by its name's form. `aws-global` and the like are no regions. */
export function partitionOfRegion(region: string): Partition | undefined {
  if (!/^[a-z0-9-]{4,40}$/.test(region)) return undefined;
  return catalogue().partitions.find(({ regionPattern }) => regionPattern.test(region));
}
