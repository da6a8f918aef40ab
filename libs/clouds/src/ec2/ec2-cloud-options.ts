import type { Clock, SkewGuard } from '@cloud-gateway/clock';
import type { Logger } from '@cloud-gateway/runtime';
import type { UpstreamProxy } from '../upstream-proxy.ts';
import type { ThrottledCall } from './budget/call-budgets.ts';
import type { LostAnswerTimes } from './calls/lost-answer-times.ts';
import type { OnUnknownState } from './states.ts';

export interface Ec2CloudOptions {
  readonly id: string;
  /** At least one. The first one also answers questions that no region is named for. */
  readonly regions: readonly [string, ...string[]];
  /** Serves EC2, STS and IAM alike, instead of AWS's own addresses. */
  readonly endpoint?: string | undefined;
  /** File with the authorities to trust for an endpoint, instead of the well-known ones. */
  readonly caFile?: string | undefined;
  /** The way to every endpoint. Without it: straight. */
  readonly proxy?: UpstreamProxy | undefined;
  /** Authorities in PEM to trust besides the others, for example of a proxy that inspects TLS. */
  readonly extraCa?: string | undefined;
  /** Account numbers, or aliases such as `amazon`. None: published images are not listed. */
  readonly publishedImageOwners: readonly string[];
  /** Account numbers, or aliases. None: published snapshots are not listed. */
  readonly publishedSnapshotOwners: readonly string[];
  readonly clock: Clock;
  readonly skewGuard: SkewGuard;
  readonly log: Logger;
  readonly timeouts: Ec2Timeouts;
  /** Called for each state that EC2 says and the tables do not know. */
  readonly onUnknownState?: OnUnknownState;
  /** How much of EC2's published limits of calls polls and requests may use, in percent. Default 10 and 50. */
  readonly budgetPercent?: { readonly poll: number; readonly request: number };
  /** Called for each call that EC2 refused as one too many. */
  readonly onThrottled?: (throttled: ThrottledCall) => void;
  /** Default: lostAnswerDefaults. */
  readonly lostAnswer?: LostAnswerTimes;
  /** From 0 to below 1, for the pauses between attempts. Default: Math.random. */
  readonly random?: () => number;
  /** How many items a page of a listing may have. Default 1000, the most that EC2 gives. */
  readonly pageSize?: number;
}

export interface Ec2Timeouts {
  readonly connectMs: number;
  /** One attempt, from the first byte sent to the last one read. */
  readonly callMs: number;
}
