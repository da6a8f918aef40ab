// Asks the cloud whether it still accepts stored credentials, and notes the answer.
import type { Clock } from '@cloud-gateway/clock';
import { type Cloud, unsealCredentials } from '@cloud-gateway/clouds';
import { isGatewayError } from '@cloud-gateway/contracts';
import {
  type Credential,
  type CredentialStatus,
  credentialStatusEntry,
  type Repositories,
} from '@cloud-gateway/store';
import { mintId, type Vault } from '@cloud-gateway/vault';

export interface CloudOpinion {
  readonly status: CredentialStatus;
  /** What the cloud said when it refused them. */
  readonly reason: string | null;
}

/** Throws when the cloud gives no answer: that says nothing about the credentials. */
export async function askAboutCredentials(
  { cloud, vault }: { readonly cloud: Cloud; readonly vault: Pick<Vault, 'open'> },
  credential: Credential,
  signal: AbortSignal,
): Promise<CloudOpinion> {
  const credentials = await unsealCredentials(vault, credential);
  try {
    await cloud.identify(credentials, signal);
    return { status: 'valid', reason: null };
  } catch (err) {
    if (!isGatewayError(err) || err.code !== 'credentials-rejected') throw err;
    return { status: 'invalid', reason: err.message };
  }
}

/**
 * Notes the opinion, with an event when it is another than before; returns whether it is. Nothing is noted of
 * credentials that were replaced while the cloud was asked. Call it in a transaction.
 */
export async function noteOpinion(
  tx: Pick<Repositories, 'credentials' | 'outbox'>,
  clock: Clock,
  credential: Credential,
  { status, reason }: CloudOpinion,
): Promise<boolean> {
  const atMs = clock.nowMs();
  const { id, version } = credential;
  const isNews = await tx.credentials.setStatus(id, { status, reason, checkedAt: new Date(atMs), version });
  if (isNews) {
    await tx.outbox.append([
      credentialStatusEntry({ id: mintId('evt', clock), atMs, credential, status, reason }),
    ]);
  }
  return isNews;
}
