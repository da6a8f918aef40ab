// Where a client is in the changes of an account. Plain sequences, but for a first pass through everything that is
// there: that one goes through old sequences too, and must not be told to begin anew because tombstones of that age are
// purged. So while it goes on, its position carries a mark and the day on which it came by.

export interface SyncPosition {
  readonly sequence: number;
  /** The day, since 1970, of the page before in a first pass; null: not in one. */
  readonly passDay: number | null;
}

const mark = 2 ** 52;
const dayUnit = 2 ** 40;
const days = 2 ** 12;

/** For a position that sync gave, or any other number a client sends: it is taken for a sequence then. */
export function readSyncPosition(since: number): SyncPosition {
  if (since < mark) return { sequence: since, passDay: null };
  const rest = since - mark;
  return { sequence: rest % dayUnit, passDay: Math.floor(rest / dayUnit) };
}

export function writeSyncPosition({ sequence, passDay }: SyncPosition): number {
  return passDay === null ? sequence : mark + (passDay % days) * dayUnit + sequence;
}

export function dayOf(atMs: number): number {
  return Math.floor(atMs / 86_400_000) % days;
}

/** Whether a first pass was interrupted for so long that tombstones of what it has seen may be purged. */
export function isPassTooOld(passDay: number, today: number): boolean {
  return (today - passDay + days) % days > passDaysMax;
}

const passDaysMax = 2;
