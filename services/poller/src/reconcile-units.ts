// Keeps the units of polling equal to the proven accounts. Every poller does it, every few seconds; doing it twice, or
// in several processes at once, comes to the same.
import type { Clock } from '@cloud-gateway/clock';
import type { Cloud } from '@cloud-gateway/clouds';
import { type NewPollUnit, type PollUnitStatus, publishedAccountId, type Store } from '@cloud-gateway/store';
import { accountsBehind, listGrantedAccounts } from './granted-accounts.ts';
import { unitKey, wantedUnits } from './wanted-units.ts';

export interface ReconcileDeps {
  readonly store: Store;
  readonly clouds: readonly Cloud[];
  readonly clock: Clock;
}

export interface Reconciled {
  readonly added: number;
  readonly removed: number;
}

export async function reconcileUnits({ store, clouds, clock }: ReconcileDeps): Promise<Reconciled> {
  const accounts = await listGrantedAccounts(store);
  const existing = await store.read.pollUnits.list();
  const existingKeys = new Set(existing.map(unitKey));
  const wanted = wantedUnits(accounts, clouds);
  const wantedKeys = new Set(wanted.map(unitKey));
  const served = new Set(clouds.map(({ id }) => id));

  const missing = wanted.filter((unit) => !existingKeys.has(unitKey(unit)));
  const surplus = existing.filter((unit) => served.has(unit.cloud) && !wantedKeys.has(unitKey(unit)));
  const polled = new Set(missing.map(({ cloud }) => cloud));
  for (const cloud of polled) await ensurePublishedAccount(store, cloud, new Date(clock.nowMs()));
  await store.read.pollUnits.ensure(missing);
  await store.read.pollUnits.remove(surplus.map(({ id }) => id));
  await giveUpObserved(store, surplus, wanted);
  await wakeWhereCredentialsAreBack(store, existing);
  return { added: missing.length, removed: surplus.length };
}

// What a forgotten account has published is observed by the listing of published resources from now on, or goes with it.
async function giveUpObserved(
  store: Store,
  surplus: readonly PollUnitStatus[],
  wanted: readonly NewPollUnit[],
): Promise<void> {
  const kept = new Set(wanted.map(({ accountId }) => accountId));
  const forgotten = new Set(surplus.map(({ accountId }) => accountId).filter((id) => !kept.has(id)));
  for (const accountId of forgotten) await store.read.resources.adoptObserved(accountId);
}

// Changes of published resources are numbered and locked like those of any account.
async function ensurePublishedAccount(store: Store, cloud: string, createdAt: Date): Promise<void> {
  await store.inTransaction((tx) =>
    tx.accounts.ensure({ id: publishedAccountId(cloud), cloud, cloudAccountId: 'public', createdAt }),
  );
}

// Somebody has proven the account again: its units need not wait for their slow recheck.
async function wakeWhereCredentialsAreBack(store: Store, units: readonly PollUnitStatus[]): Promise<void> {
  const stopped = units.filter(({ state }) => state === 'credentials_invalid');
  const oneOfEach = new Map(stopped.map((unit) => [unit.accountId, unit]));
  for (const [accountId, unit] of oneOfEach) {
    if (await hasValidCredentials(store, unit)) await store.read.pollUnits.wake({ accountId });
  }
}

async function hasValidCredentials(store: Store, unit: PollUnitStatus): Promise<boolean> {
  for (const { id } of await accountsBehind(store, unit)) {
    const [best] = await store.read.credentials.listGranted(id);
    if (best?.status === 'valid') return true;
  }
  return false;
}
