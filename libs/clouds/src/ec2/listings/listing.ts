import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ResourceBody } from '@cloud-gateway/contracts';
import type { AwsCaller } from '../client/aws-caller.ts';
import type { OnUnknownState } from '../states.ts';

/** What a listing works with. */
export interface ListingDeps {
  readonly ec2: EC2Client;
  readonly call: AwsCaller;
  readonly publishedImageOwners: readonly string[];
  /** How many per page at the most; EC2's own maximum where that is smaller. */
  readonly pageSize: number;
  readonly onUnknownState: OnUnknownState;
}

export type Listing = (
  deps: ListingDeps,
  signal: AbortSignal,
) => AsyncGenerator<ResourceBody[], void, undefined>;
