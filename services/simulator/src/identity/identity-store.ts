// Users, their access keys, roles and the sessions made from them. Keys come and go at run time.
import { createHash } from 'node:crypto';
import type { SigningSecret } from '@cloud-gateway/sigv4';
import type { RoleConfig, UserConfig } from '../config.ts';
import type { RandomSource } from '../random-source.ts';
import { type Principal, roleArn, userArn } from './principal.ts';

export interface User {
  readonly accountId: string;
  readonly userName: string;
  readonly userId: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly deniedActions: readonly string[];
}

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secret: SigningSecret;
  readonly active: boolean;
  readonly principal: Principal;
  /** Sessions only. */
  readonly session: { readonly token: string; readonly expiresAtMs: number } | undefined;
}

interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
  readonly principal: Principal;
}

export interface IdentityStore {
  findKey(accessKeyId: string): AccessKey | undefined;
  /** Adds a key, and its user when that is new. The id must be free. */
  addKey(user: UserConfig): void;
  setKeyActive(accessKeyId: string, active: boolean): boolean;
  deleteKey(accessKeyId: string): boolean;
  setDeniedActions(who: { accountId: string; userName: string }, deniedActions: readonly string[]): boolean;
  users(accountId: string): User[];
  roles(): readonly RoleConfig[];
  accountIds(): string[];
  /** Makes temporary credentials. */
  openSession(principal: Principal, expiresAtMs: number): Session;
}

interface StoredKey {
  readonly accessKeyId: string;
  readonly secret: SigningSecret;
  readonly active: boolean;
  readonly owner: { readonly userArn: string } | { readonly session: Session };
}

interface IdentityStoreOptions {
  readonly users: readonly UserConfig[];
  readonly roles: readonly RoleConfig[];
  readonly random: RandomSource;
  readonly nowMs: number;
}

export function createIdentityStore({
  users: userConfigs,
  roles,
  random,
  nowMs,
}: IdentityStoreOptions): IdentityStore {
  const users = new Map<string, User>();
  const keys = new Map<string, StoredKey>();
  // Names the secret in the cache of signing keys: a key that is deleted and made again gets another number.
  let secretsMade = 0;
  const newSecret = (secretAccessKey: string): SigningSecret => ({
    id: String(++secretsMade),
    secretAccessKey,
  });

  const store: IdentityStore = {
    findKey(accessKeyId) {
      const key = keys.get(accessKeyId);
      if (!key) return undefined;
      const { secret, active, owner } = key;
      if ('session' in owner) {
        const { session } = owner;
        return {
          accessKeyId,
          secret,
          active,
          principal: session.principal,
          session: { token: session.sessionToken, expiresAtMs: session.expiresAtMs },
        };
      }
      const user = users.get(owner.userArn);
      return user && { accessKeyId, secret, active, principal: principalOf(user), session: undefined };
    },

    addKey({ accessKeyId, secretAccessKey, accountId, userName, deniedActions }) {
      if (keys.has(accessKeyId)) throw new Error(`The access key ${accessKeyId} exists already.`);
      const arn = userArn(accountId, userName);
      const known = users.get(arn);
      users.set(arn, {
        accountId,
        userName,
        arn,
        userId: uniqueId('SIMUSER', arn),
        createdAtMs: known?.createdAtMs ?? nowMs,
        deniedActions: [...new Set([...(known?.deniedActions ?? []), ...deniedActions])],
      });
      keys.set(accessKeyId, {
        accessKeyId,
        secret: newSecret(secretAccessKey),
        active: true,
        owner: { userArn: arn },
      });
    },

    setKeyActive(accessKeyId, active) {
      const key = keys.get(accessKeyId);
      if (key) keys.set(accessKeyId, { ...key, active });
      return key !== undefined;
    },

    deleteKey: (accessKeyId) => keys.delete(accessKeyId),

    setDeniedActions({ accountId, userName }, deniedActions) {
      const user = users.get(userArn(accountId, userName));
      if (user) users.set(user.arn, { ...user, deniedActions: [...deniedActions] });
      return user !== undefined;
    },

    users: (accountId) => [...users.values()].filter((user) => user.accountId === accountId),
    roles: () => roles,
    accountIds: () => [
      ...new Set([
        ...[...users.values()].map((user) => user.accountId),
        ...roles.map((role) => role.accountId),
      ]),
    ],

    openSession(principal, expiresAtMs) {
      const session: Session = {
        accessKeyId: `SIMTEMP${random.hex(13).toUpperCase()}`,
        secretAccessKey: random.hex(40),
        sessionToken: `simulated-session-${random.hex(64)}`,
        expiresAtMs,
        principal,
      };
      const { accessKeyId, secretAccessKey } = session;
      keys.set(accessKeyId, {
        accessKeyId,
        secret: newSecret(secretAccessKey),
        active: true,
        owner: { session },
      });
      return session;
    },
  };

  for (const user of userConfigs) store.addKey(user);
  return store;
}

/** Who a role's session is. */
export function roleSession(
  { accountId, roleName, deniedActions }: RoleConfig,
  sessionName: string,
): Principal {
  return {
    kind: 'role-session',
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    userId: `${uniqueId('SIMROLE', roleArn(accountId, roleName))}:${sessionName}`,
    name: roleName,
    deniedActions,
  };
}

function principalOf({ accountId, arn, userId, userName, deniedActions }: User): Principal {
  return { kind: 'user', accountId, arn, userId, name: userName, deniedActions };
}

function uniqueId(prefix: string, arn: string): string {
  return prefix + createHash('sha256').update(arn).digest('hex').slice(0, 14).toUpperCase();
}
