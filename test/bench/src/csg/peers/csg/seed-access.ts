// What the workflow leaves in the database when somebody has been given a key: written directly, since the workflow is not
// what is measured.
import { randomBytes } from 'node:crypto';
import type { PolicyRule } from '@cloud-gateway/contracts';
import { createLogger } from '@cloud-gateway/runtime';
import { accessKeyContext, credentialContext, openStore } from '@cloud-gateway/store';
import { createMasterKeyWrapper, createVault, keyringFromText } from '@cloud-gateway/vault';
import type { AccessKey } from '../../calls/access-key.ts';
import type { World } from '../../world/world.ts';

/** Gives the master key, for GATEWAY_MASTER_KEY. */
export async function seedAccess(
  databaseUrl: string,
  { issuedKey, cloudKey }: Pick<World, 'issuedKey' | 'cloudKey'>,
): Promise<string> {
  const log = createLogger({ service: 'bench', level: 'warn', destination: process.stderr });
  const store = openStore({ databaseUrl, log });
  const masterKey = randomBytes(32).toString('base64');
  const vault = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(masterKey)) });
  try {
    await store.migrate();
    const { read } = store;
    await read.organizations.ensure({ id: ids.organization, name: 'Benchmark', createdAt });
    await read.credentials.create({
      id: ids.credential,
      organizationId: null,
      cloud: 'ec2',
      accountId: 'ec2-123456789012',
      name: null,
      kind: 'access-key',
      identity: null,
      publicPart: cloudKey.accessKeyId,
      sealed: await vault.seal(credentialsText(cloudKey), credentialContext(ids.credential)),
      createdAt,
    });
    await read.policyGroups.create({
      id: ids.policyGroup,
      organizationId: ids.organization,
      name: 'Benchmark',
      description: '',
      rules,
      createdAt,
    });
    await read.accessRequests.create({
      id: ids.request,
      organizationId: ids.organization,
      environmentId: 'env_bench',
      cloud: 'ec2',
      services: ['dynamodb', 's3', 'sqs'],
      reason: null,
      requestedBy: 'cli_bench',
      requestedAt: createdAt,
    });
    await read.accessRequests.transition(ids.request, {
      from: 'pending',
      to: 'active',
      set: {
        credentialId: ids.credential,
        accountId: 'ec2-123456789012',
        policyGroupId: ids.policyGroup,
        allowedCredentialActions: [],
        accessKeyId: issuedKey.accessKeyId,
        secretSealed: await vault.seal(issuedKey.secretAccessKey, accessKeyContext(ids.request)),
      },
    });
    return masterKey;
  } finally {
    await store.close();
  }
}

const ids = {
  organization: 'org_bench',
  credential: 'cred_bench',
  policyGroup: 'pol_bench',
  request: 'req_bench',
};
const createdAt = new Date('2026-01-02T03:04:05Z');

const rules: readonly PolicyRule[] = [
  { type: 'csg.actions', service: 'dynamodb', allow: ['GetItem', 'PutItem', 'Query', 'List*', 'Describe*'] },
  { type: 'csg.resource.name.prefix', service: 'dynamodb', action: 'CreateTable', prefix: 'bench-' },
  {
    type: 'csg.resource.name.validation_pattern',
    service: 'sqs',
    action: 'CreateQueue',
    pattern: '^[a-z-]+$',
    ignoreCase: true,
  },
  { type: 'csg.regions', allow: ['us-*', 'eu-*'] },
];

function credentialsText({ accessKeyId, secretAccessKey }: AccessKey): string {
  return JSON.stringify({ kind: 'access-key', accessKeyId, secretAccessKey });
}
