// What a handler is given besides its input: who calls, where, when, and what the call meets.
import type { ParsedSignature } from '@cloud-gateway/sigv4';
import type { RegionState } from './compute/region-state.ts';
import type { World } from './compute/world.ts';
import type { SimulatorConfig } from './config.ts';
import type { ListingFaults } from './faults/faults.ts';
import type { BucketClass } from './faults/throttling.ts';
import type { IdentityStore } from './identity/identity-store.ts';
import type { Principal } from './identity/principal.ts';
import type { ParamNode } from './query/params.ts';
import type { RandomSource } from './random-source.ts';
import type { Settings } from './simulation.ts';
import type { StateKind } from './states.ts';

export interface Call {
  readonly principal: Principal;
  readonly accountId: string;
  readonly region: string;
  readonly requestId: string;
  /** The Host header. */
  readonly host: string;
  /** The world's time. */
  readonly nowMs: number;
  /** All parameters as they came; the query protocol only. */
  readonly params: ParamNode;
  /** Undefined for what somebody does without the API: a direct call of the control. */
  readonly signature: ParsedSignature | undefined;
  readonly world: World;
  /** What the caller's account has in the region. */
  readonly state: RegionState;
  /** What another service keeps for the caller's account in the region. */
  stateOf<T>(kind: StateKind<T>): T;
  readonly identity: IdentityStore;
  readonly settings: Readonly<Settings>;
  readonly random: RandomSource;
  readonly config: SimulatorConfig;
  readonly noTags: boolean;
  readonly listingFaults: ListingFaults;
  readonly zonesDown: ReadonlySet<string>;
  /** Gives the items in this call's own order. */
  shuffled<T>(items: readonly T[]): T[];
  /** Takes tokens from one of the action's buckets; throws RequestLimitExceeded when there are not enough. */
  charge(bucketClass: BucketClass, tokens: number): void;
}

/** A call as it came over the wire. */
export interface WireCall extends Call {
  readonly signature: ParsedSignature;
  /** The caller's: what the pieces of a body are signed with. */
  readonly secretAccessKey: string;
  /** Only where the protocol takes it in pieces; it is empty otherwise. */
  readonly body: AsyncIterable<Buffer>;
}
