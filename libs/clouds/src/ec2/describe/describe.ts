import type { EC2Client, Filter } from '@aws-sdk/client-ec2';
import type { ResourceBody } from '@cloud-gateway/contracts';
import type { AwsCaller } from '../client/aws-caller.ts';
import type { OnUnknownState } from '../states.ts';

/** What asking EC2 works with. */
export interface DescribeDeps {
  readonly ec2: EC2Client;
  readonly call: AwsCaller;
  /** EC2's number of the account that asks. */
  readonly cloudAccountId: string;
  /** How many per page at the most; EC2's own maximum where that is smaller. */
  readonly pageSize: number;
  readonly onUnknownState: OnUnknownState;
}

export interface Which {
  readonly Filters?: Filter[];
}

/** Pages of bodies, thrown away by the caller as it goes: nothing here keeps them. */
export type Bodies = AsyncGenerator<readonly ResourceBody[], void, undefined>;

/**
 * One describing call of EC2 with all its pages. Always with MaxResults where EC2 pages: what is neither paged nor filtered
 * draws from a smaller bucket of AWS's rate limit.
 */
export type Describe<W extends Which = Which> = (deps: DescribeDeps, which: W, signal: AbortSignal) => Bodies;
