// What issue 4 wants of a poll.
import type { Summary } from './summarize.ts';

export interface Verdict {
  /** `time of an unchanged poll / SDK at 1000 <= 1.25` */
  readonly goal: string;
  readonly value: number;
  readonly reached: boolean;
}

/** Goals of what was not measured are left out. */
export function judgeGoals(summaries: readonly Summary[]): Verdict[] {
  return summaries.flatMap((summary) => goals.flatMap((goal) => judge(goal, summary)));
}

interface Goal {
  readonly title: string;
  readonly bound: '<=' | '=';
  readonly limit: number;
  /** Undefined: not measured, or no goal at this size. */
  readonly figureOf: (summary: Summary) => number | undefined;
}

const goals: readonly Goal[] = [
  {
    ...{ title: 'time of an unchanged poll / SDK', bound: '<=', limit: 1.25 },
    figureOf: ({ unchangedToSdk }) => unchangedToSdk.wallMs,
  },
  {
    ...{ title: 'rows written by an unchanged poll', bound: '=', limit: 0 },
    figureOf: ({ rowsOfUnchanged }) => rowsOfUnchanged,
  },
  {
    ...{ title: 'time with 1 % changed / unchanged', bound: '<=', limit: 1.1 },
    figureOf: ({ changedToUnchanged }) => changedToUnchanged.wallMs,
  },
  {
    ...{ title: 'resource rows written / changes', bound: '=', limit: 1 },
    figureOf: ({ rowsOfChanged, changes }) => ratioOf(rowsOfChanged.resources, changes),
  },
  {
    ...{ title: 'p99 from the read page to the event, ms', bound: '<=', limit: 250 },
    figureOf: ({ eventMs }) => eventMs?.p99,
  },
  {
    ...{ title: 'resident memory, MB', bound: '<=', limit: 400 },
    figureOf: ({ instances, memoryBytes }) =>
      instances < 100_000 ? undefined : Math.max(memoryBytes.filling, memoryBytes.later) / 1e6,
  },
];

function judge({ title, bound, limit, figureOf }: Goal, summary: Summary): Verdict[] {
  const value = figureOf(summary);
  if (value === undefined) return [];
  const reached = bound === '=' ? value === limit : value <= limit;
  return [{ goal: `${title} at ${summary.instances} ${bound} ${limit}`, value, reached }];
}

function ratioOf(a: number, b: number): number | undefined {
  return b === 0 ? undefined : a / b;
}
