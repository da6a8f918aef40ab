import type { PollState, ResourceType } from '@cloud-gateway/contracts';

/** What names a unit of polling: one listing of one account in one region. */
export interface PollUnitName {
  readonly cloud: string;
  readonly accountId: string;
  readonly region: string;
  readonly group: string;
}

export interface NewPollUnit extends PollUnitName {
  /** What the listing feeds. Everything of these types in the account and region belongs to this unit alone. */
  readonly types: readonly ResourceType[];
  readonly intervalMs: number;
  /** How long after now the first poll is due. */
  readonly firstInMs: number;
}

/** A lease of a unit: its owner may write results until another lease raises the epoch. */
export interface UnitLease {
  readonly id: number;
  readonly epoch: number;
}

export interface PollUnit extends PollUnitName {
  readonly id: number;
  readonly types: readonly ResourceType[];
  readonly state: PollState;
  readonly intervalMs: number;
  /** Complete polls in a row that saw no change. */
  readonly quietPolls: number;
  readonly consecutiveFailures: number;
  /** How many removals the mass-removal guard holds back since the last poll. */
  readonly heldRemovals: number;
  /** How many updates it holds back because they would lose every tag of a listing. */
  readonly heldTagLosses: number;
  /** When somebody last asked for an early look, after a change through us. */
  readonly wokenAtMs: number | null;
  /** Datacenters that the last listing could not see. */
  readonly staleZones: readonly string[];
  /** Whether it was told that what the unit feeds grows old. */
  readonly staleTold: boolean;
}

export interface LeasedUnit extends PollUnit, UnitLease {
  /** Now, by the database's clock: the listing begins after it. */
  readonly startedAtMs: number;
  /** How late the unit was taken. */
  readonly lagMs: number;
}

/** What `GET` on the administrative side and the metrics show of a unit. */
export interface PollUnitStatus extends PollUnit {
  readonly epoch: number;
  readonly owner: string | null;
  readonly nextAt: Date;
  readonly lastStartedAt: Date | null;
  readonly lastCompletedAt: Date | null;
  /** Start of the last listing that came to its end, some datacenters missing or not. */
  readonly listedAt: Date | null;
  /** Start of the last one that saw every datacenter. */
  readonly fullyListedAt: Date | null;
  /** Start of the last poll that ended, well or not. */
  readonly attemptedAt: Date | null;
  readonly lastDurationMs: number | null;
  /** Resources in the last listing that came to its end. */
  readonly lastSeen: number | null;
  readonly lastChanges: number | null;
  /** How often the cloud has throttled the unit, ever. */
  readonly throttles: number;
  readonly lastErrorCode: string | null;
  readonly lastError: string | null;
}
