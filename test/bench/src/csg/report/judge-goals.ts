// What issue 3 wants of the proxy.
import { type PeerName, peers } from '../peers/peers.ts';
import type { FigureName } from '../run/slice.ts';
import type { Summary } from './summarize.ts';

export interface Verdict {
  /** `CPU per request / bare at 16` */
  readonly goal: string;
  readonly value: number;
  readonly bound: '<=' | '>=';
  readonly must: number;
  readonly aim: number;
  readonly verdict: 'aim' | 'must' | 'missed';
}

export interface GoalsInput {
  readonly summaries: readonly Summary[];
  readonly resumedElsewhere: number | undefined;
}

/** Goals of what was not measured are left out. */
export function judgeGoals({ summaries, resumedElsewhere }: GoalsInput): Verdict[] {
  const verdicts = ratioGoals.flatMap((goal) => {
    const { measurement, figure, other, title } = goal;
    const summary = summaries.find((one) => one.measurement === measurement);
    const value = summary?.peers.find(({ peer }) => peer === other)?.oursTo[figure];
    return value === undefined ? [] : [judge({ ...goal, goal: `${title} / ${peers[other].title}` }, value)];
  });
  if (resumedElsewhere !== undefined) verdicts.push(judge(resumptionGoal, resumedElsewhere));
  const added = summaries.flatMap(
    (summary) => summary.peers.find(({ peer }) => peer === 'csg')?.medians.addedMegabytes ?? [],
  );
  if (added.length > 0) verdicts.push(judge(memoryGoal, Math.max(...added)));
  return verdicts;
}

interface Limits {
  readonly bound: '<=' | '>=';
  readonly must: number;
  readonly aim: number;
}

interface RatioGoal extends Limits {
  readonly title: string;
  /** measurementId */
  readonly measurement: string;
  readonly figure: FigureName;
  readonly other: PeerName;
}

const cpuOfStream = {
  figure: 'cpuSecondsPerGigabyte',
  other: 'bare',
  bound: '<=',
  must: 1.1,
  aim: 0.8,
} as const;

const ratioGoals: readonly RatioGoal[] = [
  {
    title: 'CPU per request at 16',
    ...{ measurement: 'requests-16', figure: 'cpuMicros', other: 'bare' },
    ...{ bound: '<=', must: 0.9, aim: 0.5 },
  },
  {
    title: 'requests/s at 16',
    ...{ measurement: 'requests-16', figure: 'perSecond', other: 'bare' },
    ...{ bound: '>=', must: 1.1, aim: 2 },
  },
  {
    title: 'requests/s at 16',
    ...{ measurement: 'requests-16', figure: 'perSecond', other: 'mitmproxy' },
    ...{ bound: '>=', must: 9, aim: 18 },
  },
  {
    title: 'requests/s at 16',
    ...{ measurement: 'requests-16', figure: 'perSecond', other: 'http-mitm-proxy' },
    ...{ bound: '>=', must: 1.8, aim: 3.5 },
  },
  {
    title: 'CPU per new connection',
    ...{ measurement: 'connections-full', figure: 'cpuMicros', other: 'bare' },
    ...{ bound: '<=', must: 1.15, aim: 0.85 },
  },
  { title: 'CPU per GB down', measurement: 'stream-download', ...cpuOfStream },
  { title: 'CPU per GB up, hash declared', measurement: 'stream-upload-declared', ...cpuOfStream },
];

const resumptionGoal = {
  goal: 'sessions resumed at another process',
  bound: '>=',
  must: 0.95,
  aim: 1,
} as const;

const memoryGoal = { goal: 'memory added by a stream, MB', bound: '<=', must: 40, aim: 25 } as const;

function judge({ goal, bound, must, aim }: Limits & { readonly goal: string }, value: number): Verdict {
  const reaches = (limit: number) => (bound === '<=' ? value <= limit : value >= limit);
  const verdict = reaches(aim) ? 'aim' : reaches(must) ? 'must' : 'missed';
  return { goal, value, bound, must, aim, verdict };
}
