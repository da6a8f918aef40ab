// In constant time: how far two signatures agree must not show in how long the comparison took.
import { timingSafeEqual } from 'node:crypto';

export function isSameSignature(ours: string, theirs: string): boolean {
  const a = Buffer.from(ours, 'latin1');
  const b = Buffer.from(theirs, 'latin1');
  return a.length === b.length && timingSafeEqual(a, b);
}
