import { renderStrangers } from '../../report/strangers.ts';
import { peers } from '../peers/peers.ts';
import type { FigureName } from '../run/slice.ts';
import type { Verdict } from './judge-goals.ts';
import type { PeerSummary, Summary } from './summarize.ts';

export function renderReport(summaries: readonly Summary[], verdicts: readonly Verdict[]): string {
  return [...summaries.map(renderTable), renderGoals(verdicts)].map((part) => `${part}\n`).join('\n');
}

function renderTable({ measurement, peers: rows, strangersCores }: Summary): string {
  const used = columns.filter((column) => rows.some((row) => column.figureOf(row) !== undefined));
  return [
    line(titleOf(measurement), used, ({ title }) => title),
    ...rows.map((row) => line(peers[row.peer].title, used, (column) => cell(column, row))),
    renderStrangers(strangersCores),
  ].join('\n');
}

function renderGoals(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ goal, value, bound, must, aim, verdict }) =>
    [
      goal.padEnd(46),
      value.toFixed(2).padStart(7),
      `${bound} ${must}`.padStart(10),
      `${bound} ${aim}`.padStart(10),
      `   ${verdictTexts[verdict]}`,
    ].join(''),
  );
  return [`${'goals'.padEnd(46)}  figure      must       aim`, ...rows].join('\n');
}

const verdictTexts = { aim: 'aim reached', must: 'must reached', missed: 'MISSED' } as const;

interface Column {
  readonly title: string;
  readonly digits: number;
  readonly figureOf: (row: PeerSummary) => number | undefined;
}

const columns: readonly Column[] = [
  median('perSecond', 'per s', 0),
  toBare('perSecond'),
  median('p50Ms', 'p50 ms', 2),
  median('p99Ms', 'p99 ms', 2),
  median('megabytesPerSecond', 'MB/s', 0),
  toBare('megabytesPerSecond'),
  median('cpuMicros', 'CPU us', 0),
  toBare('cpuMicros'),
  median('cpuSecondsPerGigabyte', 'CPU s/GB', 2),
  toBare('cpuSecondsPerGigabyte'),
  median('databaseMicros', 'database us', 0),
  median('resumedShare', 'resumed', 2),
  median('addedMegabytes', 'added MB', 0),
];

function median(name: FigureName, title: string, digits: number): Column {
  return { title, digits, figureOf: ({ medians }) => medians[name] };
}

function toBare(name: FigureName): Column {
  return { title: 'x bare', digits: 2, figureOf: (row) => row.toBare[name] };
}

function line(label: string, used: readonly Column[], text: (column: Column) => string): string {
  const cells = used.map((column) => text(column).padStart(Math.max(9, column.title.length + 2)));
  return (label.padEnd(34) + cells.join('')).trimEnd();
}

function cell({ figureOf, digits }: Column, row: PeerSummary): string {
  return figureOf(row)?.toFixed(digits) ?? '-';
}

/** `requests-16` → `requests, 16 connections` */
function titleOf(measurement: string): string {
  const [kind, ...rest] = measurement.split('-');
  const what = rest.join(' ');
  if (kind === 'requests') return `requests, ${what} connection${what === '1' ? '' : 's'}`;
  if (kind === 'connections') return `new connections, ${what}`;
  return `stream, ${what}`;
}
