import { createTestClock, systemClock, type TestClock } from '@cloud-gateway/clock';
import type { Logger } from '@cloud-gateway/runtime';
import type { Store } from '@cloud-gateway/store';
import { eventually, silentLog } from '@cloud-gateway/test-support';
import { mintAccessKeyId } from '@cloud-gateway/vault';
import { expect } from 'chai';
import {
  createKeyDirectory,
  type KeyDirectory,
  type KeyDirectoryDeps,
} from '../../src/keys/create-key-directory.ts';
import { type CuttableDatabase, openCuttableDatabase } from '../usage/cuttable-database.ts';
import { createAccessWorld, createTestVault, staticKeys } from './access-world.ts';

describe('the key directory', () => {
  const vault = createTestVault();
  let database: CuttableDatabase;
  let world: ReturnType<typeof createAccessWorld>;
  let credentialId: string;
  const opened: KeyDirectory[] = [];

  before(async () => {
    database = await openCuttableDatabase();
    world = createAccessWorld(database.direct, vault);
    credentialId = await world.addCredentials();
  });
  afterEach(async () => {
    database.mend();
    for (const directory of opened.splice(0)) await directory.stop();
  });
  after(() => database.close());

  function open(deps: Partial<KeyDirectoryDeps> = {}): KeyDirectory {
    const directory = createKeyDirectory({
      store: database.store,
      vault,
      clock: systemClock,
      log: silentLog,
      refreshMs: 50,
      ...deps,
    });
    opened.push(directory);
    return directory;
  }

  it('gives all that the proxy goes by', async () => {
    const policyGroupId = await world.addPolicyGroup([{ type: 'csg.regions', allow: ['eu-west-1'] }]);
    const { accessKeyId, accessRequestId, secret } = await world.addKey({ credentialId, policyGroupId });
    const directory = open();
    expect(directory.get(accessKeyId)).to.equal(undefined);

    const key = await directory.load(accessKeyId);

    expect(key).to.deep.equal({
      accessKeyId,
      secret: { id: `${accessRequestId}:2`, secretAccessKey: secret },
      accessRequestId,
      organizationId: 'org_a',
      environmentId: 'env_a',
      userId: 'cli_a',
      cloud: 'ec2',
      state: 'active',
      services: new Set(['sqs', 'sns']),
      credentialId,
      credentialVersion: 1,
      allowedCredentialActions: new Set(['sts:AssumeRole']),
      rules: [{ type: 'csg.regions', allow: ['eu-west-1'] }],
      rulesVersion: `${policyGroupId}:1`,
    });
    expect(directory.get(accessKeyId)).to.equal(key);
  });

  it('sees in every process within a second that access has ended', async () => {
    const { accessKeyId, accessRequestId } = await world.addKey({ credentialId });
    const processes = [database.store, database.openAnother()].map((store) => {
      const counted = counting(store);
      return { asked: counted.asked, directory: open({ store: counted.store, refreshMs: 400 }) };
    });
    for (const { directory } of processes) await directory.load(accessKeyId);

    await world.end(accessRequestId, 'revoked');

    // One question may have been under way; the next one, 400 ms later, has to find out.
    for (const { asked, directory } of processes) {
      const asksBefore = asked.versions;
      await eventually(() => directory.get(accessKeyId)?.state !== 'active', { intervalMs: 5 });
      expect(asked.versions - asksBefore).to.be.at.most(2);
      expect(await directory.load(accessKeyId)).to.have.property('state', 'revoked');
    }
  });

  it('sees another policy, and other cloud credentials', async () => {
    const policyGroupId = await world.addPolicyGroup([]);
    const ownCredentials = await world.addCredentials();
    const { accessKeyId } = await world.addKey({ credentialId: ownCredentials, policyGroupId });
    const directory = open();
    const before = await directory.load(accessKeyId);

    await world.replaceCredentials(ownCredentials, staticKeys());
    await eventually(() => directory.get(accessKeyId)?.credentialVersion === 2);
    const replaced = directory.get(accessKeyId);
    expect(replaced?.secret).to.deep.equal(before?.secret);

    await database.direct.read.policyGroups.replace(policyGroupId, {
      name: policyGroupId,
      description: '',
      rules: [{ type: 'csg.regions', allow: ['eu-west-1'] }],
      updatedAt: new Date(),
    });
    await eventually(() => directory.get(accessKeyId)?.rules.length === 1);
    expect(directory.get(accessKeyId)?.rulesVersion).not.to.equal(before?.rulesVersion);
  });

  it('asks once for many who wait, and never for what cannot be a key', async () => {
    const { accessKeyId } = await world.addKey({ credentialId });
    const { store, asked } = counting(database.store);
    const directory = open({ store, refreshMs: 60_000 });

    const keys = await Promise.all(Array.from({ length: 200 }, () => directory.load(accessKeyId)));
    expect(new Set(keys).size).to.equal(1);
    expect(asked.findMany).to.equal(1);

    const unknown = Array.from({ length: 200 }, () => mintAccessKeyId());
    expect(new Set(await Promise.all(unknown.map((id) => directory.load(id))))).to.deep.equal(
      new Set([undefined]),
    );
    expect(asked.findMany).to.equal(2);

    await Promise.all(unknown.map((id) => directory.load(id)));
    for (const malformed of ['', 'AKIAIOSFODNN7EXAMPLE', "CGW' or 1=1 --", 'CGW'.padEnd(5000, 'A')])
      expect(await directory.load(malformed)).to.equal(undefined);
    expect(asked.findMany).to.equal(2);
  });

  it('finds a key that was unknown a second ago', async () => {
    const clock = createTestClock(Date.now());
    const { accessKeyId, accessRequestId } = await world.addKey({ credentialId });
    const directory = open({ clock });
    await database.direct.read.accessRequests.transition(accessRequestId, {
      from: 'active',
      to: 'active',
      set: { accessKeyId: null },
    });
    expect(await directory.load(accessKeyId)).to.equal(undefined);
    await database.direct.read.accessRequests.transition(accessRequestId, {
      from: 'active',
      to: 'active',
      set: { accessKeyId },
    });
    expect(await directory.load(accessKeyId)).to.equal(undefined);

    clock.advance(1000);

    expect(await directory.load(accessKeyId)).to.have.property('accessKeyId', accessKeyId);
  });

  for (const outage of ['cut', 'freeze'] as const)
    it(`goes on with known keys when the database is ${outage === 'cut' ? 'gone' : 'silent'}, for a while`, async () => {
      const clock = createTestClock(Date.now());
      const known = await world.addKey({ credentialId });
      const other = await world.addKey({ credentialId });
      const directory = open({ clock });
      await directory.load(known.accessKeyId);
      const ticking = tick(clock);

      database[outage]();
      // Ten seconds by the clock: far beyond the second for which a confirmation lasts.
      await eventually(() => clock.nowMs() > ticking.startedAtMs + 10_000);
      await eventually(() => directory.get(known.accessKeyId), { intervalMs: 5 });
      expect(await directory.load(known.accessKeyId)).to.have.property('accessKeyId', known.accessKeyId);
      expect(await codeOf(directory.load(other.accessKeyId))).to.equal('unavailable');

      clock.advance(15 * 60_000);
      expect(directory.get(known.accessKeyId)).to.equal(undefined);
      expect(await codeOf(directory.load(known.accessKeyId))).to.equal('unavailable');

      database.mend();
      await eventually(async () => (await directory.load(other.accessKeyId)) !== undefined);
      await eventually(async () => (await directory.load(known.accessKeyId)) !== undefined);
      ticking.stop();
    });

  it('does not take the word of a confirmation that is old, when nothing is wrong with the database', async () => {
    const clock = createTestClock(Date.now());
    const { accessKeyId } = await world.addKey({ credentialId });
    const directory = open({ clock, refreshMs: 60_000 });
    await directory.load(accessKeyId);
    expect(directory.get(accessKeyId)).not.to.equal(undefined);

    // As after a machine was suspended: time has passed, and no refresh has run.
    clock.advance(1001);

    expect(directory.get(accessKeyId)).to.equal(undefined);
    expect(await directory.load(accessKeyId)).to.have.property('accessKeyId', accessKeyId);
    expect(directory.get(accessKeyId)).not.to.equal(undefined);
  });

  it('refuses what it cannot understand, and says so once', async () => {
    const errors: unknown[] = [];
    const log: Logger = { ...silentLog, error: (message, fields) => errors.push([message, fields]) };
    const wrongSeal = await world.addKey({ credentialId, sealedAs: 'req_other' });
    const unreadable = await world.addKey({
      credentialId,
      policyGroupId: await world.addPolicyGroup([{ type: 'csg.of-the-future' } as never]),
    });
    const groupGone = await world.addKey({ credentialId, policyGroupId: 'pol_gone' });
    const credentialsGone = await world.addKey({ credentialId: 'cred_gone' });
    const directory = open({ log });

    for (const { accessKeyId } of [wrongSeal, unreadable, groupGone, credentialsGone])
      for (let times = 0; times < 3; times += 1)
        expect(await codeOf(directory.load(accessKeyId))).to.equal('internal');

    expect(errors).to.have.length(4);
    expect(directory.size).to.equal(0);
  });

  it('is bounded, and forgets what is not used', async () => {
    const clock = createTestClock(Date.now());
    const keys = [];
    for (let n = 0; n < 12; n += 1) keys.push(await world.addKey({ credentialId }));
    const directory = open({ clock, keysMax: 10, idleMs: 60_000 });
    for (const { accessKeyId } of keys) {
      clock.advance(1);
      await directory.load(accessKeyId);
      expect(directory.size).to.be.at.most(10);
    }
    expect(directory.get(keys.at(-1)?.accessKeyId ?? '')).not.to.equal(undefined);
    expect(directory.get(keys[0]?.accessKeyId ?? '')).to.equal(undefined);

    clock.advance(60_001);

    await eventually(() => directory.size === 0);
  });
});

/** Lets a test clock run, five times as fast as time. */
function tick(clock: TestClock) {
  const startedAtMs = clock.nowMs();
  const timer = setInterval(() => clock.advance(50), 10);
  return { startedAtMs, stop: () => clearInterval(timer) };
}

async function codeOf(outcome: Promise<unknown>): Promise<unknown> {
  return outcome.then(
    (value) => value,
    (err: { code?: unknown }) => err.code,
  );
}

function counting(store: Store) {
  const asked = { findMany: 0, versions: 0 };
  const { accessKeys } = store.read;
  const counted = {
    ...accessKeys,
    findMany(ids: readonly string[]) {
      asked.findMany += 1;
      return accessKeys.findMany(ids);
    },
    versions(ids: readonly string[]) {
      asked.versions += 1;
      return accessKeys.versions(ids);
    },
  };
  return { asked, store: { read: { ...store.read, accessKeys: counted } } };
}
