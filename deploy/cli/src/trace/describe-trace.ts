import { table } from '../output/table.ts';
import { traceNotes } from './trace-notes.ts';
import type { TracedRequest } from './trace-request.ts';
import { traceTimeline } from './trace-timeline.ts';

/** A traced request for a person: milliseconds since its first sign, where, what; below, what is missing. */
export function describeTrace(traced: TracedRequest, width = Number.POSITIVE_INFINITY): string {
  const entries = traceTimeline(traced);
  const notes = traceNotes(traced);
  const [first] = entries;
  const rows = entries.map(({ at, where, what }) => [
    `${at.getTime() - (first?.at.getTime() ?? 0)} ms`.padStart(9),
    where,
    what,
  ]);
  const head = first ? [`${traced.requestId}, from ${first.at.toISOString()}`] : [];
  return [
    ...head,
    ...(rows.length > 0 ? [table(rows, { width })] : [`Nothing is known of ${traced.requestId}.`]),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}
