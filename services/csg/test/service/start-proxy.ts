// The whole proxy in this process, over a database of its own, in front of an upstream that records what it gets.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '@cloud-gateway/clock';
import type { PolicyRule } from '@cloud-gateway/contracts';
import { createHealth, createMetrics, readConfig } from '@cloud-gateway/runtime';
import { openStore, type Store, type UsageCall } from '@cloud-gateway/store';
import {
  captureLogLine,
  createTestDatabase,
  eventually,
  type LogEntry,
  loggerTo,
  rememberSecret,
  silentLog,
} from '@cloud-gateway/test-support';
import { createMasterKeyWrapper, createVault, keyringFromText } from '@cloud-gateway/vault';
import { csgConfigSchema } from '../../src/config.ts';
import { type Csg, start } from '../../src/service.ts';
import { createAccessWorld, staticKeys } from '../keys/access-world.ts';
import { type RecordingUpstream, startRecordingUpstream } from './recording-upstream.ts';
import { draftServices, type IssuedKey } from './signed-request.ts';
import { TunnelClient, type TunnelOptions } from './tunnel-client.ts';

export interface SeededKey extends IssuedKey {
  readonly accessRequestId: string;
  readonly credentialId: string;
  /** With what the proxy signs for it. */
  readonly cloudAccessKeyId: string;
}

/** What a proxy stands on: a database, a master key, a folder; one process or several may use it. */
export interface Ground {
  readonly store: Store;
  readonly access: ReturnType<typeof createAccessWorld>;
  readonly folder: string;
  /** Settings of a proxy here, in front of `upstream`. */
  settings(upstream: Pick<RecordingUpstream, 'url'>): Record<string, string>;
  seedKey(options?: {
    readonly rules?: readonly PolicyRule[];
    readonly services?: readonly string[];
  }): Promise<SeededKey>;
  /** Waits until so many calls of this key are stored; gives all of them, newest first. */
  storedCalls(key: SeededKey, atLeast: number): Promise<readonly UsageCall[]>;
  remove(): Promise<void>;
}

/** `through`: the address by which proxies reach the database, when it is another one. */
export async function createGround({
  database,
}: {
  readonly database?: { readonly url: string; readonly through: string };
} = {}): Promise<Ground> {
  const own = database === undefined ? await createTestDatabase() : undefined;
  const databaseUrl = database?.url ?? own?.url ?? '';
  const masterKey = randomBytes(32).toString('base64');
  rememberSecret(masterKey);
  const vault = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(masterKey)) });
  const store = openStore({ databaseUrl, log: silentLog, poolMax: 3 });
  await store.migrate();
  const access = createAccessWorld(store, vault);
  const folder = await mkdtemp(path.join(tmpdir(), 'cloud-gateway-csg-'));
  return {
    store,
    access,
    folder,
    settings: ({ url }) => ({
      GATEWAY_DATABASE_URL: database?.through ?? databaseUrl,
      GATEWAY_MASTER_KEY: masterKey,
      GATEWAY_CSG_PORT: '0',
      GATEWAY_CSG_ROOT_CERT_FILE: path.join(folder, 'root.crt'),
      GATEWAY_CSG_ROOT_KEY_FILE: path.join(folder, 'root.key'),
      GATEWAY_CSG_SPOOL_FOLDER: path.join(folder, 'spool'),
      GATEWAY_CSG_ACCESS_LOG: path.join(folder, 'access.log'),
      GATEWAY_CSG_UPSTREAM_ENDPOINTS: `*=${url}`,
    }),
    async seedKey({ rules, services = draftServices } = {}) {
      const credentials = staticKeys();
      const credentialId = await access.addCredentials(credentials);
      const policyGroupId = rules ? await access.addPolicyGroup(rules) : null;
      const key = await access.addKey({ credentialId, policyGroupId, services });
      return { ...key, credentialId, cloudAccessKeyId: credentials.accessKeyId };
    },
    storedCalls: ({ accessRequestId }, atLeast) =>
      eventually(
        async () => {
          const calls = await store.read.usage.listCalls({
            organizationId: 'org_a',
            from: new Date(0),
            to: new Date(Date.now() + 86_400_000),
            filters: {},
            limit: 1_000_000,
          });
          const found = calls.filter((call) => call.accessRequestId === accessRequestId);
          if (found.length < atLeast) throw new Error(`${found.length} of ${atLeast} calls are stored`);
          return found;
        },
        { timeoutMs: 15_000, intervalMs: 100 },
      ),
    async remove() {
      await store.close();
      await own?.drop();
      await captureAccessLog(path.join(folder, 'access.log'));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The secrets of a test are looked for in what the proxy wrote. */
async function captureAccessLog(file: string): Promise<void> {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return; // nothing was called
  }
  for (const line of text.split('\n')) captureLogLine('csg-access', line);
}

export interface TestProxy extends Csg {
  readonly ground: Ground;
  readonly upstream: RecordingUpstream;
  readonly key: SeededKey;
  readonly logged: readonly LogEntry[];
  /** Through a tunnel to this host. */
  connect(host: string, options?: Partial<TunnelOptions>): Promise<TunnelClient>;
}

export interface TestProxyOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Default: its own, which goes when the proxy stops. */
  readonly ground?: Ground;
}

export async function startProxy({
  settings = {},
  clock,
  ground: given,
}: TestProxyOptions = {}): Promise<TestProxy> {
  const ground = given ?? (await createGround());
  const upstream = await startRecordingUpstream();
  const logged: LogEntry[] = [];
  const config = readConfig(csgConfigSchema, { ...ground.settings(upstream), ...settings });
  const csg = await start(config, {
    log: loggerTo((entry) => {
      logged.push(entry);
      captureLogLine('csg-in-process', JSON.stringify(entry));
    }),
    metrics: createMetrics({ service: 'csg', processMetrics: false }),
    health: createHealth(),
    ...(clock && { clock }),
  });
  const key = await ground.seedKey();
  return {
    ...csg,
    ground,
    upstream,
    key,
    logged,
    connect: (host, options) => TunnelClient.open({ port: csg.port, rootPem: csg.rootPem, host, ...options }),
    async stop() {
      try {
        await csg.stop();
        await upstream.stop();
      } finally {
        if (given === undefined) await ground.remove();
      }
    },
  };
}
