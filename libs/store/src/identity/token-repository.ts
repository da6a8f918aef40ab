// Tokens are stored as a hash only: who reads the database cannot use them.
import type { Permission } from '@cloud-gateway/contracts';
import type { Knex } from 'knex';
import { fromStoredPermissions, toStoredPermissions } from './stored-permissions.ts';

export interface NewToken {
  readonly id: string;
  /** SHA-256 of the token: 32 bytes. */
  readonly hash: Buffer;
  readonly clientId: string;
  readonly permissions: readonly Permission[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** A token together with what its client says about it. */
export interface Token {
  readonly id: string;
  readonly clientId: string;
  readonly organizationId: string;
  /** What the token says and its client still has. */
  readonly permissions: readonly Permission[];
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly clientDisabledAt: Date | null;
}

export function createTokenRepository(db: Knex) {
  async function findBy(where: Readonly<Record<string, unknown>>): Promise<Token | undefined> {
    const row = await db('tokens')
      .join('clients', 'clients.id', 'tokens.client_id')
      .where(where)
      .first<TokenRow | undefined>(columns);
    return row && toToken(row);
  }

  return {
    async create(token: NewToken): Promise<void> {
      await db('tokens').insert({
        id: token.id,
        hash: token.hash,
        client_id: token.clientId,
        permissions: toStoredPermissions(token.permissions),
        created_at: token.createdAt,
        expires_at: token.expiresAt,
      });
    },

    find: (id: string) => findBy({ 'tokens.id': id }),

    findByHash: (hash: Buffer) => findBy({ 'tokens.hash': hash }),

    /** Returns false when it is revoked already: it keeps its time then. */
    async revoke(id: string, revokedAt: Date): Promise<boolean> {
      return (
        (await db('tokens').where({ id }).whereNull('revoked_at').update({ revoked_at: revokedAt })) === 1
      );
    },

    /** Revokes what a client still holds, and returns how many tokens that were. */
    async revokeAllOf(clientId: string, revokedAt: Date): Promise<number> {
      return db('tokens')
        .where({ client_id: clientId })
        .whereNull('revoked_at')
        .andWhere('expires_at', '>', revokedAt)
        .update({ revoked_at: revokedAt });
    },

    /** Deletes tokens that expired before `expiredBefore`, `limit` at the most, and returns how many. */
    async purge({ expiredBefore, limit }: { expiredBefore: Date; limit: number }): Promise<number> {
      return db('tokens').where('expires_at', '<', expiredBefore).limit(limit).delete();
    },
  };
}

const columns = {
  id: 'tokens.id',
  clientId: 'tokens.client_id',
  organizationId: 'clients.organization_id',
  permissions: 'tokens.permissions',
  clientPermissions: 'clients.permissions',
  expiresAt: 'tokens.expires_at',
  revokedAt: 'tokens.revoked_at',
  clientDisabledAt: 'clients.disabled_at',
};

interface TokenRow extends Omit<Token, 'permissions'> {
  readonly permissions: unknown;
  readonly clientPermissions: unknown;
}

function toToken({ permissions, clientPermissions, ...row }: TokenRow): Token {
  const held = fromStoredPermissions(clientPermissions);
  return {
    ...row,
    permissions: fromStoredPermissions(permissions).filter((permission) => held.includes(permission)),
  };
}
