import { renderStrangers } from '../../report/strangers.ts';
import { type FigureName, type Figures, figureNames } from '../run/slice.ts';
import type { Verdict } from './judge-goals.ts';
import type { Line, Summary } from './summarize.ts';

export function renderReport(summaries: readonly Summary[], verdicts: readonly Verdict[]): string {
  const tables = summaries.map((summary) => `${renderTable(summary)}\n`);
  const goals = verdicts.map(
    ({ goal, value, reached }) => `${goal}: ${value.toFixed(2)} ${reached ? 'ok' : 'MISSED'}`,
  );
  return [...tables, ...goals, ''].join('\n');
}

function renderTable({ door, connections, lines, strangersCores }: Summary): string {
  return [
    row(`${door}, ${connections} under way`, (name) => columns[name].title),
    ...lines.flatMap((line) => [
      row(titleOf(line), (name) => line.medians[name].toFixed(columns[name].digits)),
    ]),
    ...lines.flatMap((line) =>
      line.rows === undefined ? [] : [row(`${titleOf(line)} / echo`, ratio(line.toEcho))],
    ),
    ...lines.flatMap((line) =>
      line.toSmallest === undefined ? [] : [row(`${titleOf(line)} / smallest`, ratio(line.toSmallest))],
    ),
    renderStrangers(strangersCores),
  ].join('\n');
}

function titleOf({ question, rows }: Line): string {
  return rows === undefined ? question : `${question}, ${rows} rows`;
}

const columns: Readonly<Record<FigureName, { title: string; digits: number }>> = {
  requestsPerSecond: { title: 'req/s', digits: 0 },
  p50Ms: { title: 'p50 ms', digits: 2 },
  p99Ms: { title: 'p99 ms', digits: 2 },
  brokerMicros: { title: 'CPU us/req: broker', digits: 0 },
  edgeMicros: { title: 'edge', digits: 0 },
  serviceMicros: { title: 'service', digits: 0 },
  databaseMicros: { title: 'database', digits: 0 },
};

function row(label: string, cell: (name: FigureName) => string): string {
  const cells = figureNames.map((name) => cell(name).padStart(Math.max(9, columns[name].title.length + 2)));
  return (label.padEnd(32) + cells.join('')).trimEnd();
}

// What used no CPU there cannot be divided by.
function ratio(figures: Figures): (name: FigureName) => string {
  return (name) => (Number.isFinite(figures[name]) ? figures[name].toFixed(2) : '-');
}
