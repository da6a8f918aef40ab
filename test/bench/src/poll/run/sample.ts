export interface Cost {
  readonly wallMs: number;
  /** User and system time of the process that lists. */
  readonly cpuMs: number;
}

/** What one poll of ours was. */
export interface Poll extends Cost {
  readonly seen: number;
  readonly changes: number;
  /** When the page of each resource with the mark of this round was read: milliseconds since 1970, by the cloud's id. */
  readonly readAtMs: Readonly<Record<string, number>>;
}

/** Rows that were inserted, changed or deleted, by table. */
export type RowsWritten = Readonly<Record<CountedTable, number>>;

/** Everything that a poll writes about what it has seen. The schedule (`poll_units`) is written by each poll. */
export const countedTables = ['resources', 'resource_tags', 'revisions', 'outbox', 'accounts'] as const;
type CountedTable = (typeof countedTables)[number];

export const kinds = ['sdk', 'unchanged', 'changed'] as const;
export type Kind = (typeof kinds)[number];

/** One listing of one kind. */
export interface Sample extends Cost {
  readonly kind: Kind;
  readonly round: number;
  readonly changes: number;
  /** Undefined for the SDK, which writes nothing. */
  readonly rows: RowsWritten | undefined;
  /** From the reading of a changed page to its event at a consumer. */
  readonly eventMs: readonly number[];
  /** CPU that processes which have no part in this took meanwhile: 1 is a whole core. */
  readonly strangersCores: number;
}

/** Everything that was measured at one size. */
export interface SizeMeasured {
  readonly instances: number;
  readonly samples: readonly Sample[];
  /** The first poll, which writes everything. */
  readonly filling: Cost;
  /** Peak of resident memory of the poller's process: in the first poll, and in all later ones. */
  readonly memoryBytes: { readonly filling: number; readonly later: number };
}
