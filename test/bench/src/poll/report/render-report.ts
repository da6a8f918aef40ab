import { renderStrangers } from '../../report/strangers.ts';
import { type Cost, countedTables, type Kind, kinds } from '../run/sample.ts';
import type { Verdict } from './judge-goals.ts';
import type { Summary } from './summarize.ts';

export function renderReport(summaries: readonly Summary[], verdicts: readonly Verdict[]): string {
  const tables = summaries.map((summary) => `${renderTable(summary)}\n`);
  const goals = verdicts.map(
    ({ goal, value, reached }) => `${goal}: ${Number(value.toFixed(2))} ${reached ? 'ok' : 'MISSED'}`,
  );
  return [...tables, ...goals, ''].join('\n');
}

const titles: Readonly<Record<Kind, string>> = {
  sdk: 'bare SDK',
  unchanged: 'poll, nothing changed',
  changed: 'poll, 1 % changed',
};

function renderTable(summary: Summary): string {
  const { instances, rounds, medians, unchangedToSdk, changedToUnchanged, strangersCores } = summary;
  return [
    row(`${instances} instances, ${rounds} round${rounds === 1 ? '' : 's'}`, ['time ms', 'CPU ms']),
    ...kinds.map((kind) => row(titles[kind], figures(medians[kind], 1))),
    row('unchanged / SDK', figures(unchangedToSdk, 2)),
    row('changed / unchanged', figures(changedToUnchanged, 2)),
    row('the first poll', figures(summary.filling, 0)),
    `rows written: ${summary.rowsOfUnchanged} by an unchanged poll; for ${summary.changes} changes ${rowsText(summary)}`,
    eventText(summary),
    `resident memory: at most ${megabytes(summary.memoryBytes.filling)} MB in the first poll, ${megabytes(summary.memoryBytes.later)} MB later`,
    renderStrangers(strangersCores),
  ].join('\n');
}

function rowsText({ rowsOfChanged }: Summary): string {
  return countedTables.map((table) => `${rowsOfChanged[table]} ${table}`).join(', ');
}

function eventText({ eventMs }: Summary): string {
  if (eventMs === undefined) return 'no events';
  const { median, p99, max } = eventMs;
  return `from the read page to the event: median ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, at most ${max.toFixed(0)} ms`;
}

function figures({ wallMs, cpuMs }: Cost, digits: number): string[] {
  return [wallMs.toFixed(digits), cpuMs.toFixed(digits)];
}

function row(label: string, cells: readonly string[]): string {
  return label.padEnd(32) + cells.map((cell) => cell.padStart(11)).join('');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
