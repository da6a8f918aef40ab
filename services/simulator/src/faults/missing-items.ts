// Which items a listing leaves out on order: named ones, or a share of all that is the same in each call.
import { createHash } from 'node:crypto';

export interface MissingItems {
  readonly ids: readonly string[];
  /** From 0 to 1. */
  readonly share: number;
  /** Another seed leaves out others. */
  readonly seed: number;
}

export function isMissing(id: string, rules: readonly MissingItems[]): boolean {
  return rules.some(({ ids, share, seed }) => ids.includes(id) || lotOf(id, seed) < share);
}

/** A number from 0 to below 1 that looks drawn by lot, and is always the same for an id. */
function lotOf(id: string, seed: number): number {
  return createHash('sha256').update(`${seed} ${id}`).digest().readUInt32BE(0) / 2 ** 32;
}
