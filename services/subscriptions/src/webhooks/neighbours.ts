// How the other accounts of a webhook fare: tells a receiver that is down from one that dislikes one account. Pure.

export interface Neighbours {
  note(key: string, isDelivered: boolean, atMs: number): void;
  /** Whether the last post for another account was taken, and after `sinceMs`. */
  wereTakenSince(key: string, sinceMs: number): boolean;
}

export function createNeighbours(): Neighbours {
  // The last two of different accounts, the latest first: one of them is another than whoever asks.
  let latest: { key: string; isDelivered: boolean; atMs: number }[] = [];

  return {
    note(key, isDelivered, atMs) {
      latest = [{ key, isDelivered, atMs }, ...latest.filter((each) => each.key !== key)].slice(0, 2);
    },
    wereTakenSince(key, sinceMs) {
      const other = latest.find((each) => each.key !== key);
      return other?.isDelivered === true && other.atMs >= sinceMs;
    },
  };
}
