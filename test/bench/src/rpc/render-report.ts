import { renderStrangers } from '../report/strangers.ts';
import type { Verdict } from './judge-goals.ts';
import { type FigureName, type Figures, figureNames } from './slice.ts';
import type { Summary } from './summarize.ts';
import { systemNames, systems } from './systems.ts';

export function renderReport(summaries: readonly Summary[], verdicts: readonly Verdict[]): string {
  const tables = summaries.map((summary) => `${renderTable(summary)}\n`);
  const goals = verdicts.map(
    ({ goal, ratio, reached }) => `${goal}: ${ratio.toFixed(2)} ${reached ? 'ok' : 'MISSED'}`,
  );
  return [...tables, ...goals, ''].join('\n');
}

function renderTable({ connections, medians, oursTo, strangersCores }: Summary): string {
  const title = `${connections} connection${connections === 1 ? '' : 's'}`;
  return [
    row(title, (name) => columns[name].title),
    ...systemNames.map((system) => row(systems[system].title, figure(medians[system]))),
    row('ours / bare', ratio(oursTo.bare)),
    row('ours / NestJS', ratio(oursTo.nest)),
    renderStrangers(strangersCores),
  ].join('\n');
}

const columns: Readonly<Record<FigureName, { title: string; digits: number }>> = {
  requestsPerSecond: { title: 'req/s', digits: 0 },
  p50Ms: { title: 'p50 ms', digits: 2 },
  p99Ms: { title: 'p99 ms', digits: 2 },
  brokerMicros: { title: 'CPU us/req: broker', digits: 0 },
  edgeMicros: { title: 'edge', digits: 0 },
  serviceMicros: { title: 'service', digits: 0 },
  sumMicros: { title: 'sum', digits: 0 },
};

function row(label: string, cell: (name: FigureName) => string): string {
  const cells = figureNames.map((name) => cell(name).padStart(Math.max(9, columns[name].title.length + 2)));
  return (label.padEnd(24) + cells.join('')).trimEnd();
}

function figure(figures: Figures): (name: FigureName) => string {
  return (name) => figures[name].toFixed(columns[name].digits);
}

function ratio(figures: Figures): (name: FigureName) => string {
  return (name) => figures[name].toFixed(2);
}
