// Finds out about creates whose outcome nobody knows and nobody asks for any more: the caller has gone away, or the process
// has died. What the cloud shows by the intent's tag is written down as made by that request; what it does not show a
// minute after the last send was never made. Nothing is ever sent from here.
//
// If we die: the lease of the intent runs out, and it is looked at again.
import type { GrantChecker } from '@cloud-gateway/access';
import type { Clouds } from '@cloud-gateway/clouds';
import { isGatewayError, type ResourceBody } from '@cloud-gateway/contracts';
import { type Logger, sleep } from '@cloud-gateway/runtime';
import type { Store, WriteIntent } from '@cloud-gateway/store';
import type { OpenAccount } from './account-access.ts';
import { accountOf } from './account-of.ts';
import { recordChange } from './record-change.ts';
import type { SessionOpener } from './session-opener.ts';

export interface ResolverDeps {
  readonly store: Store;
  readonly clouds: Pick<Clouds, 'all' | 'get'>;
  readonly grants: Pick<GrantChecker, 'check'>;
  readonly sessions: SessionOpener;
  readonly log: Logger;
  /** Names this process among all that resolve. */
  readonly owner: string;
  readonly pauseMs: number;
  /** How long nobody must have worked on an intent. */
  readonly idleMs: number;
  /** How long after the last send the cloud is believed when it shows nothing. */
  readonly believedAfterMs: number;
}

export interface Resolver {
  /** Ends after the intent under way. */
  stop(): Promise<void>;
}

/** Looks for such intents again and again. A database or a cloud that is away is waited for. */
export function startResolver(deps: ResolverDeps): Resolver {
  const stopping = new AbortController();
  const running = run(deps, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function run(deps: ResolverDeps, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await resolveIntents(deps, stopping);
    } catch (err) {
      deps.log.debug('intents could not be resolved; it is tried again', { err });
    }
    await sleep(deps.pauseMs, stopping).catch(() => undefined);
  }
}

/** One round over what is forsaken now. */
export async function resolveIntents(deps: ResolverDeps, stopping: AbortSignal): Promise<void> {
  const { store, clouds, owner, idleMs } = deps;
  const served = clouds.all().map(({ id }) => id);
  const forsaken = await store.inTransaction((tx) =>
    tx.writeIntents.leaseForsaken({ owner, leaseMs, limit: batchSize, clouds: served, idleMs }),
  );
  for (const intent of forsaken) {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(lookTimeoutMs)]);
    await resolveIntent(deps, intent, signal).catch((err: unknown) => {
      // Its cloud or its credentials are at fault; it is looked at again in the next round.
      deps.log.warn('it is still not known whether a create took effect', { ...namesOf(intent), err });
    });
    await store.read.writeIntents.release(intent);
  }
}

const batchSize = 10;
const lookTimeoutMs = 20_000;
// Longer than a whole batch of looks may take.
const leaseMs = batchSize * lookTimeoutMs + 10_000;

async function resolveIntent(deps: ResolverDeps, intent: WriteIntent, signal: AbortSignal): Promise<void> {
  const { store, log, believedAfterMs } = deps;
  const { region, requestId, sentAgoMs } = intent;
  // The process died before it sent anything.
  if (sentAgoMs === null) return void (await store.read.writeIntents.finish(intent));
  const account = await openAccount(deps, intent);
  if (account === undefined) {
    // Whose wish it was has given up the account, and nobody may look for him. The poller finds what was made.
    await store.read.writeIntents.finish(intent);
    return;
  }
  const found = await deps.sessions.withSession(account, region, (session) =>
    session.findCreated(intent.type, requestId, signal),
  );
  if (found.length > 0) return adopt(deps, intent, { account, found });
  if (sentAgoMs < believedAfterMs) return;
  await store.read.writeIntents.finish(intent);
  log.info('a create whose outcome was not known has made nothing', namesOf(intent));
}

async function adopt(
  { store, log }: ResolverDeps,
  intent: WriteIntent,
  { account, found }: { readonly account: OpenAccount; readonly found: readonly ResourceBody[] },
): Promise<void> {
  const { region, requestId } = intent;
  const resource = found.find(({ type }) => type === intent.type) ?? null;
  const alsoSeen = found.filter((body) => body !== resource);
  await store.inTransaction(async (tx) => {
    await recordChange(tx, { account, region, requestId, change: { resource, alsoSeen, gone: [] } });
    // Somebody repeats the wish meanwhile: what he finds counts.
    if (!(await tx.writeIntents.finish(intent))) throw new Error('the lease of the intent is lost');
  });
  log.info('a create whose outcome was not known has made a resource', {
    ...namesOf(intent),
    cloudIds: found.map(({ cloudId }) => cloudId),
  });
}

/** With the credentials of the client whose wish it was: nobody else's may be used for it. */
async function openAccount(
  { clouds, grants }: ResolverDeps,
  { cloud, accountId, credentialClientId, requestId }: WriteIntent,
): Promise<OpenAccount | undefined> {
  try {
    const grant = await grants.check({ clientId: credentialClientId }, accountId);
    return { ...accountOf(clouds.get(cloud), accountId), grant, requestId };
  } catch (err) {
    if (isGatewayError(err) && err.code === 'account-not-proven') return undefined;
    throw err;
  }
}

function namesOf({ accountId, region, type, requestId }: WriteIntent) {
  return { account: accountId, region, type, tag: requestId };
}
