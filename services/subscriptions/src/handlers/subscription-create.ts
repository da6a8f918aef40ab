// If we die: before the commit nothing is kept. After it, the repetition finds in the audit log what was stored, and makes
// the queue; without a repetition the keeper makes it.

import { auditEntry, findEarlierEffect } from '@cloud-gateway/access';
import { GatewayError, subscriptionCreateRoute } from '@cloud-gateway/contracts';
import { type Handler, type HandlerRequest, handler } from '@cloud-gateway/messaging';
import type { NewSubscription, Repositories, Subscription } from '@cloud-gateway/store';
import { mintId } from '@cloud-gateway/vault';
import { assertBindingsFit } from '../assert-bindings-fit.ts';
import { establishQueue } from '../establish-queue.ts';
import { type ReplayStart, replayStarts } from '../replay-starts.ts';
import { measuredBody } from '../subscription-body.ts';
import { type WantedAccount, wantedAccounts } from '../wanted-accounts.ts';
import { assertWebhookUrl } from '../webhooks/assert-webhook-url.ts';
import { mintWebhookSecret, webhookSecretContext } from '../webhooks/webhook-secret.ts';
import type { HandlerDeps } from './handler-deps.ts';

type Request = HandlerRequest<typeof subscriptionCreateRoute>;

export function subscriptionCreate(deps: HandlerDeps): Handler {
  return handler(subscriptionCreateRoute, async (request) => {
    const { vault, onChanged } = deps;
    const made = (await findEarlier(deps, request)) ?? (await create(deps, request));
    const { id, sealedSecret } = made;
    const established = await establishQueue(deps, made);
    if (established === undefined) throw endedMeanwhile(id);
    onChanged();
    const body = await measuredBody(deps, established);
    if (sealedSecret === null) return { body };
    const signingSecret = await vault.open(sealedSecret, webhookSecretContext(id));
    return { body: { ...body, signingSecret: signingSecret.toString() } };
  });
}

async function findEarlier(
  { store, clock }: HandlerDeps,
  request: Request,
): Promise<Subscription | undefined> {
  const { audit, subscriptions } = store.read;
  const earlierId = await findEarlierEffect({ audit, clock }, request, 'subscription.created');
  if (earlierId === undefined) return undefined;
  const earlier = await subscriptions.find(earlierId);
  if (earlier === undefined) throw endedMeanwhile(earlierId);
  return earlier;
}

function endedMeanwhile(id: string): GatewayError {
  return new GatewayError('gone', {
    message: `The subscription ${id} was made by this request and has been ended since. For another one use another Idempotency-Key.`,
  });
}

async function create(deps: HandlerDeps, request: Request): Promise<Subscription> {
  const { store, clock } = deps;
  const subscription = await prepare(deps, request);
  const { id, name, filter, delivery } = subscription;
  return store.inTransaction(async (tx) => {
    await assertRoom(tx, deps, request.caller.clientId);
    await tx.subscriptions.create(subscription);
    const details = {
      name,
      filter,
      delivery: delivery.kind,
      // Who was to get the events; the rest of the address may hold a secret.
      ...(delivery.kind === 'webhook' && { receiver: new URL(delivery.url).host }),
    };
    await tx.audit.append(
      auditEntry(clock, request, { action: 'subscription.created', subjectId: id, details }),
    );
    const stored = await tx.subscriptions.find(id);
    if (stored === undefined) throw new Error('a subscription vanished');
    return stored;
  });
}

/** Refuses what cannot be, before anything is written. */
async function prepare(deps: HandlerDeps, { body, caller }: Request): Promise<NewSubscription> {
  const { store, clock } = deps;
  const { name = null, from, delivery, administration, ...lists } = body;
  const filter = { ...filterOf(lists), administration };
  const auditScope = administration && caller.permissions.has('audit:read') ? caller.organizationId : null;
  const { clientId, organizationId } = caller;
  const accounts = await wantedAccounts(store.read.grants, { clientId, named: filter.accounts });
  assertBindingsFit({ filter, auditScope }, accounts);
  const starts = await replayStarts(store.read, accounts, from);
  const id = mintId('sub', clock);
  return {
    id,
    clientId,
    organizationId,
    name,
    filter,
    delivery,
    auditScope,
    sealedSecret: await sealSecret(deps, id, delivery),
    createdAt: new Date(clock.nowMs()),
    state: starts.size > 0 ? 'replaying' : 'active',
    accounts: withStarts(accounts, starts),
  };
}

type Lists = Omit<Request['body'], 'name' | 'from' | 'delivery' | 'administration'>;

/** Without what is not named: absent means all. */
function filterOf({ accounts, types, changes, states, regions }: Lists) {
  return {
    ...(accounts && { accounts: [...new Set(accounts)] }),
    ...(types && { types: [...new Set(types)] }),
    ...(changes && { changes: [...new Set(changes)] }),
    ...(states && { states: [...new Set(states)] }),
    ...(regions && { regions: [...new Set(regions)] }),
  };
}

async function assertRoom(
  { subscriptions }: Pick<Repositories, 'subscriptions'>,
  { subscriptionsMax }: HandlerDeps,
  clientId: string,
): Promise<void> {
  if ((await subscriptions.countLocked(clientId)) < subscriptionsMax) return;
  throw new GatewayError('conflict', {
    message: `You have ${subscriptionsMax} subscriptions, and more are not allowed. End one that you no longer use: DELETE /v1/subscriptions/:subscription.`,
  });
}

async function sealSecret(
  { vault, allowPrivateWebhooks: allowPrivate }: HandlerDeps,
  id: string,
  delivery: NewSubscription['delivery'],
): Promise<string | null> {
  if (delivery.kind !== 'webhook') return null;
  await assertWebhookUrl(delivery.url, { allowPrivate });
  return vault.seal(mintWebhookSecret(), webhookSecretContext(id));
}

function withStarts(
  accounts: readonly WantedAccount[],
  starts: ReadonlyMap<string, ReplayStart>,
): NewSubscription['accounts'] {
  return accounts.map(({ id, cloud }) => ({ accountId: id, cloud, replay: starts.get(id) ?? null }));
}
