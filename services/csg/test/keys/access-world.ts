// Access requests, policy groups and cloud credentials as the workflow leaves them behind.
import { randomBytes } from 'node:crypto';
import type { AccessRequestState, PolicyRule } from '@cloud-gateway/contracts';
import { accessKeyContext, credentialContext, type Store } from '@cloud-gateway/store';
import { rememberSecret } from '@cloud-gateway/test-support';
import {
  createMasterKeyWrapper,
  createVault,
  keyringFromText,
  mintAccessKeyId,
  type Vault,
} from '@cloud-gateway/vault';

export function createTestVault(): Vault {
  return createVault({
    wrapper: createMasterKeyWrapper(keyringFromText(randomBytes(32).toString('base64'))),
  });
}

export function createAccessWorld(store: Store, vault: Vault) {
  let made = 0;
  const createdAt = new Date('2026-01-02T03:04:05Z');
  const nextId = (prefix: string) => {
    made += 1;
    return `${prefix}_${made}`;
  };

  return {
    async addCredentials(credentials: unknown = staticKeys()): Promise<string> {
      const id = nextId('cred');
      await store.read.credentials.create({
        id,
        organizationId: null,
        cloud: 'ec2',
        accountId: 'ec2-123456789012',
        name: null,
        kind: 'access-key',
        identity: null,
        publicPart: null,
        sealed: await vault.seal(JSON.stringify(credentials), credentialContext(id)),
        createdAt,
      });
      return id;
    },

    async replaceCredentials(id: string, credentials: unknown): Promise<void> {
      await store.read.credentials.replace(id, {
        name: null,
        kind: 'access-key',
        identity: null,
        publicPart: null,
        sealed: await vault.seal(JSON.stringify(credentials), credentialContext(id)),
        checkedAt: createdAt,
      });
    },

    async addPolicyGroup(rules: readonly PolicyRule[]): Promise<string> {
      const id = nextId('pol');
      await store.read.policyGroups.create({
        id,
        organizationId: 'org_a',
        name: id,
        description: '',
        rules,
        createdAt,
      });
      return id;
    },

    async addKey({
      credentialId,
      policyGroupId = null,
      services = ['sqs', 'sns'],
      sealedAs,
    }: {
      credentialId: string;
      policyGroupId?: string | null;
      services?: readonly string[];
      /** Default: as its own. */
      sealedAs?: string;
    }) {
      const id = nextId('req');
      const accessKeyId = mintAccessKeyId();
      const secret = `cgw_a_${randomBytes(20).toString('hex')}`;
      rememberSecret(secret);
      await store.read.accessRequests.create({
        id,
        organizationId: 'org_a',
        environmentId: 'env_a',
        cloud: 'ec2',
        services,
        reason: null,
        requestedBy: 'cli_a',
        requestedAt: createdAt,
      });
      await store.read.accessRequests.transition(id, {
        from: 'pending',
        to: 'active',
        set: {
          credentialId,
          policyGroupId,
          allowedCredentialActions: ['sts:AssumeRole'],
          accessKeyId,
          secretSealed: await vault.seal(secret, accessKeyContext(sealedAs ?? id)),
        },
      });
      return { accessRequestId: id, accessKeyId, secret };
    },

    end: (accessRequestId: string, to: AccessRequestState) =>
      store.read.accessRequests.transition(accessRequestId, { from: 'active', to, set: {} }),
  };
}

export function staticKeys(): { kind: 'access-key'; accessKeyId: string; secretAccessKey: string } {
  const secretAccessKey = randomBytes(20).toString('hex');
  rememberSecret(secretAccessKey);
  return {
    kind: 'access-key',
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey,
  };
}
