// Token buckets of the sizes that EC2 publishes, per account, region and action. Off until a test turns them on.
import { z } from 'zod';

const bucketSchema = z.object({ size: z.number().positive(), refillPerSecond: z.number().min(0) });
export type Bucket = z.infer<typeof bucketSchema>;

const publishedBuckets = {
  describe: { size: 100, refillPerSecond: 20 },
  /** A Describe of instances or their status without ids, filters or pages. */
  'describe-unfiltered': { size: 50, refillPerSecond: 10 },
  mutating: { size: 50, refillPerSecond: 5 },
  /** AuthorizeSecurityGroupIngress, RevokeSecurityGroupIngress, CreateKeyPair, … */
  'resource-intensive': { size: 50, refillPerSecond: 5 },
  /** Create and delete of volumes and snapshots, DeregisterImage, the attributes of images and snapshots. */
  'storage-write': { size: 100, refillPerSecond: 5 },
  'copy-image': { size: 100, refillPerSecond: 1 },
  terminate: { size: 100, refillPerSecond: 5 },
  tags: { size: 100, refillPerSecond: 10 },
  'run-start': { size: 5, refillPerSecond: 2 },
  /** Counted in instances, not in calls. */
  'run-start-instances': { size: 1000, refillPerSecond: 2 },
  'stop-terminate-instances': { size: 1000, refillPerSecond: 20 },
} as const satisfies Record<string, Bucket>;

export type BucketClass = keyof typeof publishedBuckets;

export const throttlingSchema = z.object({
  enabled: z.boolean(),
  /** Other sizes than the published ones, by class. */
  buckets: z
    .partialRecord(z.enum(Object.keys(publishedBuckets) as [BucketClass, ...BucketClass[]]), bucketSchema)
    .default({}),
});

export type ThrottlingSettings = z.input<typeof throttlingSchema>;

interface Charge {
  readonly accountId: string;
  readonly region: string;
  readonly action: string;
  readonly bucketClass: BucketClass;
  readonly tokens: number;
}

/** What a bucket has been through since throttling was last set. */
export interface BucketUse {
  readonly accountId: string;
  readonly region: string;
  readonly action: string;
  readonly bucketClass: BucketClass;
  /** Calls that got their tokens. */
  readonly allowed: number;
  /** Calls that were refused. */
  readonly refused: number;
  /** The fewest tokens there ever were: how near it came to refusing. */
  readonly fewestTokens: number;
}

export interface Throttling {
  set(settings: z.infer<typeof throttlingSchema>): void;
  /** Takes the tokens, or says false and takes none. */
  take(charge: Charge): boolean;
  /** One entry for each bucket that was drawn from; none while it is off. */
  uses(): readonly BucketUse[];
}

interface Level {
  readonly tokens: number;
  readonly atMs: number;
  readonly use: BucketUse;
}

export function createThrottling(nowMs: () => number): Throttling {
  let enabled = false;
  let sizes: Readonly<Record<BucketClass, Bucket>> = publishedBuckets;
  const levels = new Map<string, Level>();
  return {
    set(settings) {
      enabled = settings.enabled;
      sizes = { ...publishedBuckets, ...settings.buckets };
      levels.clear();
    },

    take({ tokens, ...bucket }) {
      if (!enabled) return true;
      const { accountId, region, action, bucketClass } = bucket;
      const { size, refillPerSecond } = sizes[bucketClass];
      const name = `${accountId}/${region}/${action}/${bucketClass}`;
      const atMs = nowMs();
      const unused = { ...bucket, allowed: 0, refused: 0, fewestTokens: size };
      const before = levels.get(name) ?? { tokens: size, atMs, use: unused };
      const level = Math.min(
        size,
        before.tokens + (Math.max(0, atMs - before.atMs) / 1000) * refillPerSecond,
      );
      const enough = level >= tokens;
      const left = enough ? level - tokens : level;
      const { allowed, refused, fewestTokens } = before.use;
      const use = {
        ...bucket,
        allowed: allowed + Number(enough),
        refused: refused + Number(!enough),
        fewestTokens: Math.min(fewestTokens, left),
      };
      levels.set(name, { tokens: left, atMs, use });
      return enough;
    },

    uses: () => [...levels.values()].map(({ use }) => use),
  };
}
