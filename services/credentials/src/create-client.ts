// The one place where API clients come into being, whoever makes them: a request, the operator, the first start.

import { type ActingRequest, auditEntry, operatorEntry } from '@cloud-gateway/access';
import type { Clock } from '@cloud-gateway/clock';
import type { Client, Repositories } from '@cloud-gateway/store';
import { hashSecret, mintId, mintToken, tokenPrefixes } from '@cloud-gateway/vault';

export interface ClientSecret {
  /** For the one who asked, and nobody else: the store keeps the hash. */
  readonly secret: string;
  readonly secretHash: string;
}

/** Slow on purpose (scrypt): call it outside the transaction. */
export async function mintClientSecret(): Promise<ClientSecret> {
  const secret = mintToken(tokenPrefixes.clientSecret);
  return { secret, secretHash: await hashSecret(secret) };
}

export interface ClientCreation {
  readonly clock: Clock;
  readonly client: Pick<Client, 'organizationId' | 'name' | 'permissions'>;
  readonly secretHash: string;
  /** Whose request it is; undefined when the gateway's operator does it. */
  readonly request: ActingRequest | undefined;
  /** For the audit log; never a secret. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Creates the client with its audit entry. The organization has to be there. */
export async function createClient(
  tx: Pick<Repositories, 'clients' | 'audit'>,
  { clock, client: wanted, secretHash, request, details }: ClientCreation,
): Promise<Client> {
  const client = {
    ...wanted,
    id: mintId('cli', clock),
    permissions: [...new Set(wanted.permissions)],
    createdAt: new Date(clock.nowMs()),
  };
  await tx.clients.create({ ...client, secretHash });
  const act = { action: 'client.created', subjectId: client.id, details } as const;
  await tx.audit.append(
    request === undefined
      ? operatorEntry(clock, client.organizationId, act)
      : auditEntry(clock, request, act),
  );
  return { ...client, disabledAt: null };
}
