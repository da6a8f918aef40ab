// What issue 4 wants of reads.
import type { Line, Summary } from './summarize.ts';

export interface Verdict {
  /** `show from 1000000 rows, requests/s / echo, http at 64 >= 0.8` */
  readonly goal: string;
  readonly value: number;
  readonly reached: boolean;
}

const showToEchoMin = 0.8;
const growthMax = 1.2;
/** Throughput is judged where there is enough under way to fill the path. */
const busyConnections = 16;

export function judgeGoals(summaries: readonly Summary[]): Verdict[] {
  return summaries.flatMap((summary) =>
    summary.lines
      // Only the largest store has both comparisons; goals are about it.
      .filter(({ rows }) => rows !== undefined && rows === largest(summary.lines))
      .flatMap((line) => [...judgeThroughput(summary, line), ...judgeGrowth(summary, line)]),
  );
}

function largest(lines: readonly Line[]): number {
  return Math.max(...lines.flatMap(({ rows }) => rows ?? []));
}

function judgeThroughput({ door, connections }: Summary, { question, rows, toEcho }: Line): Verdict[] {
  if (question !== 'show' || connections < busyConnections) return [];
  const value = toEcho.requestsPerSecond;
  const where = `${door} at ${connections}`;
  return [
    {
      goal: `show from ${rows} rows, requests/s / echo, ${where} >= ${showToEchoMin}`,
      value,
      reached: value >= showToEchoMin,
    },
  ];
}

function judgeGrowth({ door, connections }: Summary, { question, rows, toSmallest }: Line): Verdict[] {
  if (toSmallest === undefined) return [];
  const value = toSmallest.p50Ms;
  const where = `${door} at ${connections}`;
  return [
    {
      goal: `${question} from ${rows} rows, p50 / smallest store, ${where} <= ${growthMax}`,
      value,
      reached: value <= growthMax,
    },
  ];
}
