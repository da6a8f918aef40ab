import type { ResourceType } from '@cloud-gateway/contracts';

/** Something that was changed through us and is not stable yet: looked at by its id until it is. */
export interface NewWatch {
  readonly cloud: string;
  readonly accountId: string;
  readonly region: string;
  readonly type: ResourceType;
  readonly cloudId: string;
  /** How long at the most, from now. */
  readonly forMs: number;
  /** How long after now the first look is due. */
  readonly firstInMs: number;
}

export interface Watch {
  readonly cloudId: string;
  readonly epoch: number;
  /** Looks in a row, the last ones, that found it stable. */
  readonly stableLooks: number;
  readonly until: Date;
  /** The time is over: this look is the last one. */
  readonly isOver: boolean;
}

/** Watches of one type in one account and region: one call to the cloud looks at all of them. */
export interface WatchGroup {
  readonly cloud: string;
  readonly accountId: string;
  readonly region: string;
  readonly type: ResourceType;
  /** Now, by the database's clock: the look begins after it. */
  readonly startedAtMs: number;
  readonly watches: readonly Watch[];
}

/** What a look at a group has found. */
export interface WatchReport {
  readonly nextInMs: number;
  /** By the cloud's ids. Those in neither list were in transition. */
  readonly stable: readonly string[];
  /** These need no further look. */
  readonly ended: readonly string[];
}
