// What the suite needs of a cloud that it examines: the cloud, accounts in it, specs of what it makes, and a hand on it.
import type { TestClock } from '@cloud-gateway/clock';
import type { Cloud } from '@cloud-gateway/clouds';
import type { CloudCredentials } from '@cloud-gateway/contracts';
import type { Given } from './given.ts';
import type { Specs } from './specs.ts';

export interface CloudUnderTest {
  /** Made anew for every test. Its limits of calls are out of reach. */
  readonly cloud: Cloud;
  /** The same cloud, that keeps to the usual share of the cloud's limits. */
  readonly frugal: Cloud;
  /** The clock that the cloud's skew guard goes by. Stands still; begins at the present time. */
  readonly clock: TestClock;
  readonly region: string;
  /** May do everything. */
  readonly account: TestAccount;
  /** Of somebody else, who may do everything too; absent where the cloud cannot tell accounts apart. */
  readonly stranger?: TestAccount;
  readonly specs: Specs;
  readonly given: Given;
  /** Names of what this one does not do as the cloud that it imitates: those tests are skipped. */
  readonly gaps: readonly string[];
  readonly control: CloudControl;
}

export interface TestAccount {
  readonly credentials: CloudCredentials;
  readonly cloudAccountId: string;
}

/** What can be done to the cloud behind its back. What is absent, this cloud cannot do, and its tests are skipped. */
export interface CloudControl {
  /** Puts the cloud back to how it was before the first test. */
  reset(): Promise<void>;
  /** What goes wrong with calls from now on; replaces what was set before. */
  setFaults?(...faults: readonly Fault[]): Promise<void>;
  /** Sets the cloud's clock, by the Date header of its answers, that far from ours. */
  setClockOffsetSeconds?(seconds: number): Promise<void>;
  /** How many calls of that name have reached the cloud, refused ones too. Without a name: all that were signed. */
  countCalls?(call?: string): Promise<number>;
  /** All that is there of the first account, without lies: a list for each kind. */
  snapshot?(): Promise<object>;
  /** What begins a transition from now on stays in it, until a minute passes. */
  holdTransitions?(): Promise<void>;
  /** How long what is new or changed is not seen yet. */
  setLagMs?(lag: { readonly created?: number; readonly changed?: number }): Promise<void>;
  /** Moves the cloud's own time forward: lag and transitions end. */
  passMs?(ms: number): Promise<void>;
  /** Lets the clock of the cloud and of `frugal` run; gives the way to stop it. */
  runClock?(): () => void;
  /** From now on a tenth of the published limits of calls is left to us. */
  throttle?(): Promise<void>;
  /** How many calls the limits have refused since then. */
  countThrottled?(): Promise<number>;
  /** Credentials of the same account that may do all that the gateway needs but this one permission. */
  deny?(permission: string): Promise<CloudCredentials>;
  /** The same credentials with another secret; absent where the cloud checks no signatures. */
  readonly wrongSecret?: Extract<CloudCredentials, { kind: 'access-key' }>;
}

export interface Fault {
  readonly kind: FaultKind;
  /** The cloud's own name of the call; absent: all of them. */
  readonly call?: string;
  /** How often; absent: from now on. */
  readonly times?: number;
  readonly zone?: string;
}

/**
 * throttle           refused for its rate
 * fail-after         takes effect, and is answered as if it had failed
 * reset-before       the connection breaks, and nothing has happened
 * reset-after        the connection breaks after the effect
 * reset-mid-answer   the connection breaks in the middle of the answer
 * hang-before        no answer and no effect
 * hang-after         no answer, but the effect
 * repeated-items     a page of a listing begins with the last item of the page before
 * no-tags            a listing forgets all tags
 * zone-down          a listing that reaches into `zone` fails
 */
export type FaultKind =
  | 'throttle'
  | 'fail-after'
  | 'reset-before'
  | 'reset-after'
  | 'reset-mid-answer'
  | 'hang-before'
  | 'hang-after'
  | 'repeated-items'
  | 'no-tags'
  | 'zone-down';

export interface RunningCloud {
  /** Makes the cloud for one test. */
  open(): CloudUnderTest;
  stop(): Promise<void>;
}

/** Skips the whole suite instead of failing it. */
export class CloudNotHere extends Error {
  override readonly name = 'CloudNotHere';
}

/** What a group of tests gets: the cloud of the running test. */
export type Examined = () => CloudUnderTest;
