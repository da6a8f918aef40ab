import type { BucketClass } from './throttling.ts';

interface Asked {
  readonly ids: readonly unknown[];
  readonly filters: readonly unknown[];
  readonly maxResults: number | undefined;
}

/**
 * The bucket of a Describe of instances, their status, network interfaces, security groups, snapshots or volumes: a
 * smaller one when nothing narrows it down.
 *   https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function describeBucket({ ids, filters, maxResults }: Asked): BucketClass {
  const isOpen = ids.length + filters.length === 0 && maxResults === undefined;
  return isOpen ? 'describe-unfiltered' : 'describe';
}
