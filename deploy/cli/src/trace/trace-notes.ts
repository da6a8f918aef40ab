// What a trace does not show, and why: so that nobody takes what is missing for what has not happened. Pure.
import type { TracedRequest } from './trace-request.ts';

export function traceNotes({ requestId, stored, logs }: TracedRequest): string[] {
  const { lines, sources, unreadable } = logs;
  const has = (message: string) => lines.some((line) => line.message === message);
  const read = sources.filter(({ error }) => error === undefined).map(({ name }) => name);
  const storeIsSilent = Object.values(stored).every((rows) => rows.length === 0);
  const changes = stored.revisions.length + stored.writeIntents.length;
  const waiting = stored.events.filter(({ publishedAt }) => publishedAt === null).length;
  const notes = [
    ...sources.flatMap(({ name, error }) => (error ? [`${name} could not be read: ${error}`] : [])),
    read.length === 0 &&
      'No log was read: name one with --log, or have the gateway write one with GATEWAY_LOG_FILE.',
    read.length > 0 &&
      lines.length === 0 &&
      `No line of ${read.join(', ')} is of ${requestId}: reads that succeed are logged at the level debug only (GATEWAY_LOG_LEVEL), and older lines may be in other files.`,
    lines.length > 0 &&
      !has('http request') &&
      'The edge has no line of it: it came over AMQP, was a read (logged at the level debug only), or the log of the edge is another one.',
    changes > 0 &&
      !has('cloud call') &&
      'The calls to the cloud are not shown: the log of the cloud-adapter is another one, or does not take the level info (GATEWAY_LOG_LEVEL).',
    unreadable > 0 &&
      `${unreadable} lines that name it are no JSON: GATEWAY_LOG_FORMAT=json, or GATEWAY_LOG_FILE.`,
    storeIsSilent &&
      'The store has nothing of it: it was a read, it was refused, it repeated an earlier request with the same Idempotency-Key, or it is older than what is kept (GATEWAY_RETENTION_…).',
    waiting > 0 &&
      `${waiting} of its events wait to be published; \`cloud-gateway status\` tells whether a poller and its relay run.`,
  ];
  return notes.filter((note) => typeof note === 'string');
}
