// What became of one request, in the order of time: from the log lines and the rows that were found. Pure.
import type { Trace } from '@cloud-gateway/store';
import type { LogLine } from './log-line.ts';
import type { TracedRequest } from './trace-request.ts';

export interface TraceEntry {
  readonly at: Date;
  /** `edge`, the name of a service, `cloud`, `store`, `event`. */
  readonly where: string;
  /** For a person. */
  readonly what: string;
  /** The line or the row that tells it, for a program. */
  readonly data: object;
}

export function traceTimeline({ stored, logs, subscribers }: TracedRequest): TraceEntry[] {
  const entries = [
    ...logs.lines.flatMap(entriesOfLine),
    ...stored.idempotency.flatMap(entriesOfOutcome),
    ...stored.writeIntents.flatMap(entriesOfIntent),
    ...stored.revisions.map(entryOfRevision),
    ...stored.audit.map(entryOfAct),
    ...stored.events.map((event) => entryOfEvent(event, subscribers.get(event.id) ?? [])),
  ];
  // Stable: of one millisecond the log comes first, then what was written, then what was published.
  return entries.sort((one, other) => one.at.getTime() - other.at.getTime());
}

function entriesOfLine(line: LogLine): TraceEntry[] {
  if (line.message === 'http request') return entriesOfHttp(line);
  if (line.message === 'request finished') return entriesOfService(line);
  if (line.message === 'cloud call') return [entryOfCloudCall(line)];
  const { at, service: where, fields: data } = line;
  return [{ at, where, what: otherLine(line), data }];
}

function entriesOfHttp({ at, service: where, fields: data }: LogLine): TraceEntry[] {
  const { method, path, peer, status, durationMs, code } = texts(data);
  const end = status === '499' ? 'the caller has gone' : `answered ${status}${code ? ` ${code}` : ''}`;
  return [
    { at: before(at, data), where, what: `${method} ${path} from ${peer}`, data },
    { at, where, what: `${end}, after ${durationMs} ms`, data },
  ];
}

function entriesOfService({ at, service: where, fields: data }: LogLine): TraceEntry[] {
  const { route, deliveryClass, clientId, status, durationMs, code } = texts(data);
  const by = clientId ? ` of ${clientId}` : '';
  const end = status === 'dropped' ? 'gives no answer' : `has the answer ${status}`;
  return [
    {
      at: before(at, data),
      where,
      what: `takes it from the broker: ${deliveryClass} ${route}${by}`,
      data,
    },
    { at, where, what: `${end}${code ? ` ${code}` : ''}, after ${durationMs} ms`, data },
  ];
}

function entryOfCloudCall({ at, fields: data }: LogLine): TraceEntry {
  const { where, operation, outcome, durationMs, cloudRequestId } = texts(data);
  const id = cloudRequestId ? `, there request ${cloudRequestId}` : '';
  const what = `${where} ${operation}: ${outcome}, after ${durationMs} ms${id}`;
  return { at: before(at, data), where: 'cloud', what, data };
}

function otherLine({ level, message, fields }: LogLine): string {
  const { requestId: _, ...others } = fields;
  const details = Object.keys(others).length > 0 ? ` ${JSON.stringify(others)}` : '';
  return `${level}: ${message}${details}`;
}

function entriesOfOutcome(data: Trace['idempotency'][number]): TraceEntry[] {
  const { createdAt, completedAt, state, attempt, clientId } = data;
  const tries = attempt > 1 ? `, in attempt ${attempt}` : '';
  const outcome =
    state === 'running'
      ? 'its outcome is not known yet'
      : 'it has failed for the moment, and may be repeated';
  return [
    { at: createdAt, where: 'store', what: `its idempotency key is taken, for ${clientId}`, data },
    completedAt
      ? { at: completedAt, where: 'store', what: `its outcome is stored under the key${tries}`, data }
      : { at: createdAt, where: 'store', what: `${outcome}${tries}`, data },
  ];
}

function entriesOfIntent(data: Trace['writeIntents'][number]): TraceEntry[] {
  const { cloud, accountId, region, type, createdAt, firstSentAt, lastSentAt } = data;
  const which = `${type} in ${cloud} ${accountId} ${region}`;
  const again = lastSentAt && lastSentAt.getTime() !== firstSentAt?.getTime();
  return [
    { at: createdAt, where: 'store', what: `notes that it is going to create: ${which}`, data },
    ...(firstSentAt ? [{ at: firstSentAt, where: 'cloud', what: `create sent: ${which}`, data }] : []),
    ...(again ? [{ at: lastSentAt, where: 'cloud', what: `create sent again: ${which}`, data }] : []),
  ];
}

function entryOfRevision(data: Trace['revisions'][number]): TraceEntry {
  const { revision, change, state, validFrom, sequence, changedFields, type, cloudId, resourceId } = data;
  const which = [type, cloudId ?? resourceId].filter(Boolean).join(' ');
  const fields = change === 'updated' ? `: ${changedFields.join(' ')}` : '';
  const what = `revision ${revision} of ${which}: ${change}, ${state}${fields}${inOrder(sequence)}`;
  return { at: validFrom, where: 'store', what, data };
}

function entryOfAct(data: Trace['audit'][number]): TraceEntry {
  const { at, action, subjectId, actorId } = data;
  const by = actorId === null ? '' : ` by ${actorId}`;
  return { at, where: 'store', what: `audit: ${[action, subjectId].filter(Boolean).join(' ')}${by}`, data };
}

function entryOfEvent(row: Trace['events'][number], subscriptions: readonly string[]): TraceEntry {
  const { id, routingKey, sequence, time, publishedAt } = row;
  const kind = routingKey.split('.').slice(4).join(' ');
  const to = subscriptions.length > 0 ? subscriptions.join(', ') : 'no subscription that there is now';
  return {
    at: publishedAt ?? time,
    where: 'event',
    what: `${kind}${inOrder(sequence)}: ${publishedAt ? 'published' : 'waits to be published'} to ${to}; its id is ${id}`,
    data: { ...row, subscriptions },
  };
}

function inOrder(sequence: number | null): string {
  return sequence === null ? '' : `, sequence ${sequence}`;
}

/** A line is written at the end of what it tells of. */
function before(at: Date, { durationMs }: LogLine['fields']): Date {
  return new Date(at.getTime() - (typeof durationMs === 'number' ? durationMs : 0));
}

function texts(fields: LogLine['fields']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value === undefined || value === null ? '' : String(value),
    ]),
  );
}
