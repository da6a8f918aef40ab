import { administrativeEntry } from '../events/administrative-entry.ts';
import type { OutboxEntry } from '../events/outbox-entry.ts';
import type { Credential, CredentialStatus } from './credential-repository.ts';

interface StatusNews {
  /** Unique for ever. */
  readonly id: string;
  readonly atMs: number;
  readonly credential: Pick<Credential, 'id' | 'accountId'>;
  readonly status: CredentialStatus;
  readonly reason: string | null;
}

/** Makes the event that tells whether the cloud accepts stored credentials; for when `setStatus` returned true. */
export function credentialStatusEntry({ id, atMs, credential, status, reason }: StatusNews): OutboxEntry {
  return administrativeEntry({
    id,
    subject: status === 'valid' ? 'credentials.valid' : 'credentials.invalid',
    scope: credential.accountId,
    atMs,
    // Several organizations may have proven the account: whose key it is, the id tells its owner.
    details: { account: credential.accountId, credentialId: credential.id, reason },
  });
}
