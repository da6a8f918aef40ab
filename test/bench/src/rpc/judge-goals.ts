import type { FigureName } from './slice.ts';
import type { Summary } from './summarize.ts';

export interface Verdict {
  /** `>= 1.2 x bare at 64` */
  readonly goal: string;
  readonly ratio: number;
  readonly reached: boolean;
}

/** Goals at a concurrency that was not measured are left out. */
export function judgeGoals(summaries: readonly Summary[]): Verdict[] {
  return goals.flatMap(({ connections, figure, other, bound, limit }) => {
    const summary = summaries.find((one) => one.connections === connections);
    if (!summary) return [];
    const ratio = summary.oursTo[other][figure];
    const sign = bound === 'at least' ? '>=' : '<=';
    return {
      goal: `${figureTitles[figure] ?? figure} ${sign} ${limit} x ${other} at ${connections}`,
      ratio,
      reached: bound === 'at least' ? ratio >= limit : ratio <= limit,
    };
  });
}

interface Goal {
  readonly connections: number;
  readonly figure: FigureName;
  readonly other: 'bare' | 'nest';
  readonly bound: 'at least' | 'at most';
  readonly limit: number;
}

const goals: readonly Goal[] = [
  { connections: 64, figure: 'requestsPerSecond', other: 'bare', bound: 'at least', limit: 1.2 },
  { connections: 64, figure: 'requestsPerSecond', other: 'nest', bound: 'at least', limit: 1.3 },
  { connections: 64, figure: 'p99Ms', other: 'bare', bound: 'at most', limit: 0.9 },
  { connections: 64, figure: 'sumMicros', other: 'bare', bound: 'at most', limit: 0.8 },
  { connections: 1, figure: 'p50Ms', other: 'bare', bound: 'at most', limit: 1.3 },
];

const figureTitles: Partial<Record<FigureName, string>> = {
  requestsPerSecond: 'requests/s',
  p50Ms: 'p50',
  p99Ms: 'p99',
  sumMicros: 'CPU of the whole path',
};
