// Puts together what the store and the logs know of one request.
import type { Store, Subscription, Trace } from '@cloud-gateway/store';
import { type FoundInLogs, readLogs } from './read-logs.ts';
import { subscribersOf } from './subscribers-of.ts';

export interface TracedRequest {
  readonly requestId: string;
  readonly stored: Trace;
  readonly logs: FoundInLogs;
  /** By the id of an event, the subscriptions that get it, of those that there are now. */
  readonly subscribers: ReadonlyMap<string, readonly string[]>;
}

export async function traceRequest(
  { read }: Pick<Store, 'read'>,
  { requestId, logFiles }: { readonly requestId: string; readonly logFiles: readonly string[] },
): Promise<TracedRequest> {
  const logs = await readLogs(logFiles, requestId);
  const stored = await read.traces.find(requestId, idempotencyKeysIn(logs));
  const subscriptions = stored.events.length > 0 ? await allSubscriptions(read) : [];
  const subscribers = stored.events.map((event) => [event.id, subscribersOf(event, subscriptions)] as const);
  return { requestId, stored, logs, subscribers: new Map(subscribers) };
}

/** The edge knows the key, the service whose it is. */
function idempotencyKeysIn({ lines }: FoundInLogs): { clientId: string; key: string }[] {
  const texts = (name: string) => [
    ...new Set(lines.map(({ fields }) => fields[name]).filter((value) => typeof value === 'string')),
  ];
  return texts('clientId').flatMap((clientId) => texts('idempotencyKey').map((key) => ({ clientId, key })));
}

async function allSubscriptions({ subscriptions }: Store['read']): Promise<Subscription[]> {
  const all: Subscription[] = [];
  for (let afterId = ''; ; ) {
    const page = await subscriptions.list({ afterId, limit: 500 });
    all.push(...page);
    const last = page.at(-1);
    if (!last || page.length < 500) return all;
    afterId = last.id;
  }
}
