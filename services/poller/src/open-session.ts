// Opens a session for a unit with any credentials by which a client has proven the account. Credentials that the cloud
// refuses are marked, with one event however many units and pollers notice; the next ones are tried.
import type { Clock } from '@cloud-gateway/clock';
import { type Cloud, type CloudSession, unsealCredentials } from '@cloud-gateway/clouds';
import { type CloudCredentials, GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import {
  type Credential,
  type CredentialStatus,
  credentialStatusEntry,
  type PollUnitName,
  type Store,
} from '@cloud-gateway/store';
import { mintId, type Vault } from '@cloud-gateway/vault';
import { accountsBehind } from './granted-accounts.ts';

export interface OpenSessionDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** How soon refused credentials are tried again. */
  readonly credentialsRecheckMs: number;
}

export interface OpenedSession {
  readonly session: CloudSession;
  /** Tells what a refusal during the listing meant: marks the credentials when the cloud refuses them altogether. */
  explain(err: unknown, signal: AbortSignal): Promise<unknown>;
}

/** Throws `credentials-rejected` when no credentials of the account are accepted, or none are left. */
export async function openSession(
  deps: OpenSessionDeps,
  cloud: Cloud,
  unit: Omit<PollUnitName, 'group'>,
  signal: AbortSignal,
): Promise<OpenedSession> {
  for await (const { credential, cloudAccountId } of candidates(deps, unit)) {
    const credentials = await unsealCredentials(deps.vault, credential);
    if (
      credential.status === 'invalid' &&
      !(await isAcceptedAgain({ deps, cloud, credential, credentials, signal }))
    ) {
      continue;
    }
    return {
      session: cloud.open(credentials, {
        region: unit.region,
        cloudAccountId,
        purpose: 'poll',
      }),
      explain: (err, explainSignal) =>
        explainRefusal({ deps, cloud, credential, credentials, signal: explainSignal }, err),
    };
  }
  throw new GatewayError('credentials-rejected', {
    message: `The cloud accepts none of the credentials by which ${unit.accountId} was proven`,
  });
}

/** With the account whose limits of calls are drawn on: of what is published, that whose credentials serve. */
async function* candidates(
  { store, clock, credentialsRecheckMs }: OpenSessionDeps,
  unit: Omit<PollUnitName, 'group'>,
) {
  for (const { id, cloudAccountId } of await accountsBehind(store, unit)) {
    for (const credential of await store.read.credentials.listGranted(id)) {
      const checkedAgoMs = clock.nowMs() - credential.checkedAt.getTime();
      if (credential.status === 'valid' || checkedAgoMs >= credentialsRecheckMs) {
        yield { credential, cloudAccountId };
      }
    }
  }
}

interface Suspect {
  readonly deps: OpenSessionDeps;
  readonly cloud: Cloud;
  readonly credential: Credential;
  readonly credentials: CloudCredentials;
  readonly signal: AbortSignal;
}

async function isAcceptedAgain(suspect: Suspect): Promise<boolean> {
  const refusal = await refusalOf(suspect);
  await noteStatus(suspect, refusal === null ? 'valid' : 'invalid', refusal?.message ?? null);
  return refusal === null;
}

// A cloud may say "wrong credentials" of a region that the account has not switched on. Who they are, it says always.
async function explainRefusal(suspect: Suspect, err: unknown): Promise<unknown> {
  if (!isGatewayError(err) || err.code !== 'credentials-rejected') return err;
  const refusal = await refusalOf(suspect);
  if (refusal === null) {
    return new GatewayError('cloud-forbidden', {
      message: `The cloud accepts the credentials, but not in this region: ${err.message}`,
      cause: err,
    });
  }
  await noteStatus(suspect, 'invalid', refusal.message);
  return refusal;
}

/** Null when the cloud knows whose the credentials are. Throws when it gave no answer. */
async function refusalOf({ cloud, credentials, signal }: Suspect): Promise<GatewayError | null> {
  try {
    await cloud.identify(credentials, signal);
    return null;
  } catch (err) {
    if (isGatewayError(err) && err.code === 'credentials-rejected') return err;
    throw err;
  }
}

async function noteStatus(
  { deps, credential }: Suspect,
  status: CredentialStatus,
  reason: string | null,
): Promise<void> {
  const atMs = deps.clock.nowMs();
  await deps.store.inTransaction(async (tx) => {
    const isNews = await tx.credentials.setStatus(credential.id, {
      status,
      reason,
      checkedAt: new Date(atMs),
    });
    if (!isNews) return;
    const event = credentialStatusEntry({ id: mintId('evt', deps.clock), atMs, credential, status, reason });
    await tx.outbox.append([event]);
  });
}
