import { type ChangeKind, changeKinds } from '@cloud-gateway/contracts';
import type { ChangeCounts } from '@cloud-gateway/store';

export const noChanges: ChangeCounts = Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<
  ChangeKind,
  number
>;

export function addCounts(a: ChangeCounts, b: ChangeCounts): ChangeCounts {
  const sum: Record<ChangeKind, number> = { ...noChanges };
  for (const kind of changeKinds) sum[kind] = a[kind] + b[kind];
  return sum;
}

export function totalOf(counts: ChangeCounts): number {
  return changeKinds.reduce((sum, kind) => sum + counts[kind], 0);
}
