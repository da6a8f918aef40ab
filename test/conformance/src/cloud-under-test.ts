// What the suite needs of a cloud that it examines: the cloud, credentials for it, and a hand on it.
import type { TestClock } from '@cloud-gateway/clock';
import type { Cloud, InstanceSpec } from '@cloud-gateway/clouds';
import type { CloudCredentials } from '@cloud-gateway/contracts';

export interface CloudUnderTest {
  /** With short timeouts; made anew for every test. */
  readonly cloud: Cloud;
  /** The same cloud, asked for five items a page. */
  readonly cloudWithSmallPages: Cloud;
  /** The clock that the cloud's skew guard goes by. Stands still; begins at the present time. */
  readonly clock: TestClock;
  readonly region: string;
  /** May do everything. */
  readonly credentials: CloudCredentials;
  readonly cloudAccountId: string;
  /** Every one of these can be launched. */
  readonly spec: InstanceSpec;
  readonly control: CloudControl;
}

/** What can be done to the cloud behind its back. What is absent, this cloud cannot do, and its tests are skipped. */
export interface CloudControl {
  /** Puts the cloud back to how it was before the first test. */
  reset(): Promise<void>;
  /** Refuses the next call of that operation for its rate. */
  throttleOnce?(operation: Operation): Promise<void>;
  /** Makes every call of that operation take so long. */
  delay?(operation: Operation, ms: number): Promise<void>;
  /** Resets the connection of the next call of that operation after the call has had its effect. */
  resetAfterEffectOnce?(operation: Operation): Promise<void>;
  /** Sets the cloud's clock, by the Date header of its answers, that far from ours. */
  setClockOffsetSeconds?(seconds: number): Promise<void>;
  /** How many calls of that operation have reached the cloud, refused ones too. */
  countCalls?(operation: Operation): Promise<number>;
  /** Credentials of the same account that may do all that the gateway needs but this one permission. */
  deny?(permission: string): Promise<CloudCredentials>;
  /** The same credentials with another secret; absent where the cloud checks no signatures. */
  readonly wrongSecret?: Extract<CloudCredentials, { kind: 'access-key' }>;
  /** False where it lets pass what the real one refuses: a token used again, a state that does not allow it, … */
  readonly isStrict: boolean;
}

export type Operation = 'launch' | 'list-instances' | 'stop' | 'reboot';

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
