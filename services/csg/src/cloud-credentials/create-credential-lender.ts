// Lends the credentials of the clouds to the requests that are signed with them. Unsealed ones stay in memory while they
// are the newest version; those of a role are renewed ahead of time, once for all who need them.
import type { Clock } from '@cloud-gateway/clock';
import { type Cloud, unsealCredentials } from '@cloud-gateway/clouds';
import { type CloudCredentials, GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import { type Logger, retryDelayMs, withDeadline } from '@cloud-gateway/runtime';
import type { SigningCredentials } from '@cloud-gateway/sigv4';
import type { Store } from '@cloud-gateway/store';
import type { Vault } from '@cloud-gateway/vault';
import { repeatEvery } from '../repeat-every.ts';
import { isDueForRenewal, isUsable, type LentCredentials } from './lent-credentials.ts';

/** Which credentials, and how new they have to be: `credentialId` and `credentialVersion` of the key. */
interface WantedCredentials {
  readonly credentialId: string;
  readonly credentialVersion: number;
}

export interface CredentialLender {
  /** Gives them when they are at hand, of this version or a newer one, and not about to expire. Cheap. */
  get(wanted: WantedCredentials): SigningCredentials | undefined;
  /**
   * Gets them. Rejects with a GatewayError: `unavailable` or an error of the cloud, `internal` when what is stored
   * cannot be opened; with the signal's reason when that is aborted, which does not disturb others who wait.
   */
  lend(wanted: WantedCredentials, signal?: AbortSignal): Promise<SigningCredentials>;
  readonly size: number;
  stop(): Promise<void>;
}

export interface CredentialLenderDeps {
  readonly store: Pick<Store, 'read'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly clouds: LendingClouds;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often to look for what is to be renewed. Default: 1 s. */
  readonly checkMs?: number;
  /** Credentials held at the most. Default: 1000. */
  readonly credentialsMax?: number;
}

/** What is asked of the clouds. */
export interface LendingClouds {
  get(id: string): Pick<Cloud, 'signingCredentials'>;
}

const storeDeadlineMs = 3000;
const cloudDeadlineMs = 10_000;
/** So long a failure is the answer to all who ask: the cloud is not asked again for every request. */
const failureMs = 1000;

export function createCredentialLender(deps: CredentialLenderDeps): CredentialLender {
  const { store, vault, clouds, clock, log, checkMs = 1000, credentialsMax = 1000 } = deps;
  const entries = new Map<string, Entry>();
  const stopping = new AbortController();
  const renewing = repeatEvery(checkMs, async () => renewWhatIsDue());

  return {
    get,
    lend,
    get size() {
      return entries.size;
    },
    async stop() {
      stopping.abort();
      await renewing.stop();
      await Promise.allSettled([...entries.values()].flatMap(({ renewal }) => renewal ?? []));
      entries.clear();
    },
  };

  function get({ credentialId, credentialVersion }: WantedCredentials): SigningCredentials | undefined {
    const entry = entries.get(credentialId);
    if (entry?.lent === undefined || entry.version < credentialVersion) return undefined;
    const nowMs = clock.nowMs();
    if (!isUsable(entry.lent, nowMs)) return undefined;
    entry.usedAtMs = nowMs;
    entry.wasUsed = true;
    return entry.lent.signing;
  }

  async function lend(wanted: WantedCredentials, signal?: AbortSignal): Promise<SigningCredentials> {
    signal?.throwIfAborted();
    if (stopping.signal.aborted) throw unavailable('The proxy is stopping');
    const entry = entryOf(wanted);
    const { failure } = entry;
    if (failure !== undefined && clock.nowMs() - failure.atMs < failureMs) throw failure.err;
    await orAborted(renewalOf(entry), signal);
    const lent = get(wanted);
    if (lent !== undefined) return lent;
    throw new GatewayError('unavailable', {
      message: 'The cloud credentials have expired, or were just replaced',
      retryAfterMs: 1000,
    });
  }

  /** An entry of an older version is left to those who still go by it, and to its end. */
  function entryOf({ credentialId, credentialVersion }: WantedCredentials): Entry {
    const known = entries.get(credentialId);
    if (known !== undefined && known.version >= credentialVersion) return known;
    const entry: Entry = {
      credentialId,
      version: credentialVersion,
      usedAtMs: clock.nowMs(),
      wasUsed: false,
      renewals: 0,
      failures: 0,
      opened: undefined,
      lent: undefined,
      renewal: undefined,
      failure: undefined,
    };
    entries.set(credentialId, entry);
    if (entries.size > credentialsMax) dropLeastUsed(entries);
    return entry;
  }

  function renewalOf(entry: Entry): Promise<void> {
    entry.renewal ??= renew(entry).finally(() => {
      entry.renewal = undefined;
    });
    return entry.renewal;
  }

  async function renew(entry: Entry): Promise<void> {
    try {
      entry.opened ??= await open(entry);
      entry.lent = await ask(entry, entry.opened);
      entry.wasUsed = false;
      entry.failures = 0;
      entry.failure = undefined;
    } catch (err) {
      entry.failures += 1;
      entry.failure = { atMs: clock.nowMs(), err };
      report(entry, err);
      throw err;
    }
  }

  async function open(entry: Entry): Promise<OpenedCredentials> {
    const { credentialId } = entry;
    const row = await withDeadline(store.read.credentials.find(credentialId), storeDeadlineMs, () =>
      unavailable('The database did not answer in time'),
    );
    if (row === undefined) throw unavailable(`The cloud credentials ${credentialId} are gone`);
    // Newer than asked for: the key has not seen that yet, and may have them all the same. Never older.
    if (row.version < entry.version) throw unavailable('The database answers with an older version');
    entry.version = row.version;
    return { cloud: row.cloud, credentials: await unsealCredentials(vault, row) };
  }

  async function ask(entry: Entry, { cloud, credentials }: OpenedCredentials): Promise<LentCredentials> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(cloudDeadlineMs)]);
    const obtainedAtMs = clock.nowMs();
    const given = await withDeadline(
      clouds.get(cloud).signingCredentials(credentials, signal),
      cloudDeadlineMs + 1000,
      () => unavailable('The cloud did not hand out credentials in time'),
    );
    entry.renewals += 1;
    return {
      signing: {
        accessKeyId: given.accessKeyId,
        secret: {
          id: `${entry.credentialId}:${entry.version}:${entry.renewals}`,
          secretAccessKey: given.secretAccessKey,
        },
        sessionToken: given.sessionToken,
      },
      obtainedAtMs,
      expiresAtMs: given.expiresAtMs,
    };
  }

  /** Of what was used since it was obtained: nobody renews for ever what nobody needs. */
  function renewWhatIsDue(): void {
    const nowMs = clock.nowMs();
    for (const [id, entry] of entries) {
      const { lent, renewal, failure, failures, wasUsed } = entry;
      if (renewal !== undefined || lent === undefined || !isDueForRenewal(lent, nowMs)) continue;
      if (!wasUsed) {
        if (!isUsable(lent, nowMs)) entries.delete(id);
        continue;
      }
      const pauseMs = retryDelayMs({ attempt: failures, baseMs: 1000, maxMs: 30_000, random: () => 1 });
      if (failure !== undefined && nowMs - failure.atMs < pauseMs) continue;
      // The old ones stay until they expire; what failed is logged, and tried again.
      void renewalOf(entry).catch(() => undefined);
    }
  }

  function report({ credentialId, version, failures }: Entry, err: unknown): void {
    if (stopping.signal.aborted) return;
    const isOurs = !isGatewayError(err) || err.code === 'internal';
    // The first of a row of failures, and then every tenth.
    if (failures % 10 !== 1) return;
    const fields = { err, credentialId, version, failures };
    if (isOurs) log.error('cloud credentials could not be lent: a fault of ours', fields);
    else log.warn('cloud credentials could not be lent', fields);
  }
}

interface Entry {
  readonly credentialId: string;
  version: number;
  usedAtMs: number;
  /** Since they were obtained. */
  wasUsed: boolean;
  renewals: number;
  /** In a row. */
  failures: number;
  opened: OpenedCredentials | undefined;
  lent: LentCredentials | undefined;
  renewal: Promise<void> | undefined;
  failure: { readonly atMs: number; readonly err: unknown } | undefined;
}

interface OpenedCredentials {
  readonly cloud: string;
  readonly credentials: CloudCredentials;
}

function dropLeastUsed(entries: Map<string, Entry>): void {
  let least: Entry | undefined;
  for (const entry of entries.values())
    if (least === undefined || entry.usedAtMs < least.usedAtMs) least = entry;
  if (least !== undefined) entries.delete(least.credentialId);
}

async function orAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  let stopListening = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    stopListening = () => signal.removeEventListener('abort', onAbort);
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    stopListening();
  }
}

function unavailable(message: string): GatewayError {
  return new GatewayError('unavailable', { message, retryAfterMs: 1000 });
}
