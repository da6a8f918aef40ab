// A migrated database with proven accounts, and the poller's parts on top of it.
import { randomBytes } from 'node:crypto';
import { systemClock } from '@cloud-gateway/clock';
import { createPollIntervals } from '@cloud-gateway/clouds';
import type { CloudCredentials } from '@cloud-gateway/contracts';
import { accountIdOf, credentialContext, openStore, type Store } from '@cloud-gateway/store';
import { createTestDatabase, runCommand, silentLog } from '@cloud-gateway/test-support';
import {
  createMasterKeyWrapper,
  createVault,
  keyringFromText,
  mintId,
  type Vault,
} from '@cloud-gateway/vault';
import type { PollSettings, PollUnitDeps } from '../src/poll-unit.ts';

const pollSettings: PollSettings = {
  transitionPatienceMs: 10_000,
  quietPollsPerDoubling: 10,
  backoffBaseMs: 50,
  backoffMaxMs: 1_000,
  credentialsRecheckMs: 60_000,
  clockRecheckMs: 100,
  graceMs: 0,
  massLoss: { countMax: 10, shareMax: 0.3 },
  intervals: createPollIntervals({ GATEWAY_POLLER_INTERVALS: [], GATEWAY_POLLER_INTERVAL_PERCENT: 100 }),
};

export interface PollerFixture {
  readonly store: Store;
  readonly vault: Vault;
  readonly masterKey: string;
  readonly databaseUrl: string;
  readonly pollDeps: PollUnitDeps;
  openStore(): Store;
  /** Proves an account with a key of its own; returns the account's id. */
  prove(options: {
    number: string;
    accessKeyId: string;
    secretAccessKey?: string;
    clientId?: string;
  }): Promise<string>;
  forget(accountId: string, clientId?: string): Promise<void>;
  /** Ends every connection to the database from the server's side. */
  cutDatabaseConnections(): Promise<void>;
  /** Back to an empty schedule, no proven account and an empty outbox; accounts' resources stay. */
  reset(): Promise<void>;
  /** Payloads of the waiting events, in order. */
  events(): Promise<
    { change?: string; subject?: string; cloudId?: string; sequence?: number; details?: object }[]
  >;
  close(): Promise<void>;
}

export async function createPollerFixture(): Promise<PollerFixture> {
  const database = await createTestDatabase();
  const stores: Store[] = [];
  const openAnother = () => {
    const store = openStore({ databaseUrl: database.url, log: silentLog });
    stores.push(store);
    return store;
  };
  const store = openAnother();
  await store.migrate();
  const masterKey = randomBytes(32).toString('base64');
  const vault = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(masterKey)) });
  const clock = systemClock;
  return {
    store,
    vault,
    masterKey,
    databaseUrl: database.url,
    openStore: openAnother,
    pollDeps: {
      store,
      vault,
      clock,
      settings: pollSettings,
      random: Math.random,
      credentialsRecheckMs: pollSettings.credentialsRecheckMs,
    },
    prove: (options) => prove(store, vault, options),
    async forget(accountId, clientId = 'cli_test') {
      await store.inTransaction((tx) => tx.grants.remove(clientId, accountId));
    },
    cutDatabaseConnections: () => cutConnections(database.url),
    reset: () => reset(store),
    async events() {
      return (await store.read.outbox.listWaiting(10_000)).map(({ payload }) => JSON.parse(payload));
    },
    async close() {
      await Promise.all(stores.map((opened) => opened.close()));
      await database.drop();
    },
  };
}

async function cutConnections(databaseUrl: string): Promise<void> {
  const ids = await query(
    databaseUrl,
    'select id from information_schema.processlist where db = database() and id <> connection_id()',
  );
  for (const id of ids) await query(databaseUrl, `kill ${Number(id)}`);
}

// With the client of the distribution: the driver belongs to the store.
async function query(databaseUrl: string, sql: string): Promise<string[]> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const { stdout } = await runCommand(
    'mariadb',
    [
      '--no-defaults',
      '--host',
      hostname,
      '--port',
      port,
      '--user',
      username,
      '--skip-column-names',
      '--execute',
      sql,
      pathname.slice(1),
    ],
    { env: { MYSQL_PWD: decodeURIComponent(password) } },
  );
  return stdout.split('\n').filter((line) => line !== '');
}

async function reset({ read }: Store): Promise<void> {
  await read.pollUnits.remove((await read.pollUnits.list()).map(({ id }) => id));
  for (const { id } of await read.accounts.listGranted({ limit: 1000 })) {
    for (const clientId of ['cli_test', 'cli_other']) await read.grants.remove(clientId, id);
  }
  await read.outbox.markPublished((await read.outbox.listWaiting(100_000)).map(({ outboxId }) => outboxId));
}

let accountCount = 0;

/** A number that no other test has used. */
export function newAccountNumber(): string {
  accountCount += 1;
  return String(accountCount).padStart(12, '0');
}

async function prove(
  store: Store,
  vault: Vault,
  options: { number: string; accessKeyId: string; secretAccessKey?: string; clientId?: string },
): Promise<string> {
  const {
    number,
    accessKeyId,
    secretAccessKey = 'secret-of-the-poller-test',
    clientId = 'cli_test',
  } = options;
  const createdAt = new Date();
  const accountId = accountIdOf('ec2', number);
  const id = mintId('crd', systemClock);
  const credentials: CloudCredentials = { kind: 'access-key', accessKeyId, secretAccessKey };
  const sealed = await vault.seal(JSON.stringify(credentials), credentialContext(id));
  await store.inTransaction(async (tx) => {
    await tx.accounts.ensure({ id: accountId, cloud: 'ec2', cloudAccountId: number, createdAt });
    await tx.credentials.create({
      id,
      organizationId: 'org_test',
      cloud: 'ec2',
      accountId,
      name: null,
      kind: credentials.kind,
      identity: null,
      publicPart: accessKeyId,
      sealed,
      createdAt,
    });
    await tx.grants.put({ clientId, accountId, credentialId: id, provenAt: createdAt });
  });
  return accountId;
}
