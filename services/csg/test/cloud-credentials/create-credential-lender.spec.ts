import { inspect } from 'node:util';
import { createTestClock, type TestClock } from '@cloud-gateway/clock';
import { type CloudCredentials, GatewayError } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import { captureLogLine, eventually, rememberSecret, silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import {
  type CredentialLender,
  type CredentialLenderDeps,
  createCredentialLender,
  type LendingClouds,
} from '../../src/cloud-credentials/create-credential-lender.ts';
import { createAccessWorld, createTestVault, staticKeys } from '../keys/access-world.ts';
import { type CuttableDatabase, openCuttableDatabase } from '../usage/cuttable-database.ts';

describe('the credential lender', () => {
  const vault = createTestVault();
  const hour = 3_600_000;
  let database: CuttableDatabase;
  let world: ReturnType<typeof createAccessWorld>;
  const opened: CredentialLender[] = [];

  before(async () => {
    database = await openCuttableDatabase();
    world = createAccessWorld(database.direct, vault);
  });
  afterEach(async () => {
    database.mend();
    for (const lender of opened.splice(0)) await lender.stop();
  });
  after(() => database.close());

  function open(clouds: LendingClouds, deps: Partial<CredentialLenderDeps> = {}): CredentialLender {
    const lender = createCredentialLender({
      store: database.store,
      vault,
      clouds,
      clock: createTestClock(Date.now()),
      log: silentLog,
      checkMs: 10,
      ...deps,
    });
    opened.push(lender);
    return lender;
  }

  it('lends static keys, and has them at hand from then on', async () => {
    const keys = staticKeys();
    const credentialId = await world.addCredentials(keys);
    const lender = open(staticCloud);
    const wanted = { credentialId, credentialVersion: 1 };
    expect(lender.get(wanted)).to.equal(undefined);

    const lent = await lender.lend(wanted);

    expect(lent.accessKeyId).to.equal(keys.accessKeyId);
    expect(lent.secret.secretAccessKey).to.equal(keys.secretAccessKey);
    expect(lender.get(wanted)).to.equal(lent);
  });

  it('does not lend an older version than is wanted', async () => {
    const credentialId = await world.addCredentials();
    const lender = open(staticCloud);
    const before = await lender.lend({ credentialId, credentialVersion: 1 });
    const newer = staticKeys();
    await world.replaceCredentials(credentialId, newer);

    expect(lender.get({ credentialId, credentialVersion: 2 })).to.equal(undefined);
    const after = await lender.lend({ credentialId, credentialVersion: 2 });

    expect(after.accessKeyId).to.equal(newer.accessKeyId);
    expect(after.secret.id).not.to.equal(before.secret.id);
    // Who has not heard of the replacement gets the newer ones as well.
    expect(lender.get({ credentialId, credentialVersion: 1 })).to.equal(after);
    expect(await codeOf(lender.lend({ credentialId, credentialVersion: 3 }))).to.equal('unavailable');
  });

  it('renews ahead of time, once for all, while the old ones serve', async () => {
    const clock = createTestClock(Date.now());
    const cloud = roleCloud(clock, hour);
    const wanted = { credentialId: await world.addCredentials(role()), credentialVersion: 1 };
    const lender = open(cloud, { clock });

    const lent = await Promise.all(Array.from({ length: 100 }, () => lender.lend(wanted)));
    expect(new Set(lent).size).to.equal(1);
    expect(cloud.asked).to.equal(1);

    clock.advance(hour - 300_000);
    cloud.hold();
    await eventually(() => cloud.asked === 2);
    expect(lender.get(wanted)).to.equal(lent[0]);
    cloud.goOn();
    await eventually(() => lender.get(wanted) !== lent[0]);

    expect(lender.get(wanted)?.sessionToken).to.equal('token 2');
    expect(lender.get(wanted)?.secret.id).not.to.equal(lent[0]?.secret.id);
    expect(cloud.asked).to.equal(2);
  });

  it('does not renew what nobody has used since', async () => {
    const clock = createTestClock(Date.now());
    const cloud = roleCloud(clock, hour);
    const wanted = { credentialId: await world.addCredentials(role()), credentialVersion: 1 };
    const lender = open(cloud, { clock });
    await lender.lend(wanted);
    clock.advance(hour - 300_000);
    await eventually(() => cloud.asked === 2);

    clock.advance(hour);

    await eventually(() => lender.size === 0);
    expect(cloud.asked).to.equal(2);
    expect((await lender.lend(wanted)).sessionToken).to.equal('token 3');
  });

  it('keeps the old ones while renewal fails, and never lends expired ones', async () => {
    const clock = createTestClock(Date.now());
    const cloud = roleCloud(clock, hour);
    const wanted = { credentialId: await world.addCredentials(role()), credentialVersion: 1 };
    const lender = open(cloud, { clock });
    const lent = await lender.lend(wanted);

    cloud.fail = new GatewayError('cloud-unreachable', { message: 'no route' });
    clock.advance(hour - 300_000);
    await eventually(() => cloud.asked > 1);
    expect(lender.get(wanted)).to.equal(lent);

    clock.advance(300_000);
    expect(lender.get(wanted)).to.equal(undefined);
    expect(await codeOf(lender.lend(wanted))).to.equal('cloud-unreachable');

    cloud.fail = undefined;
    clock.advance(1000);
    expect(await lender.lend(wanted)).not.to.equal(lent);
  });

  it('asks the cloud once a second at the most when it refuses', async () => {
    const clock = createTestClock(Date.now());
    const cloud = roleCloud(clock, hour);
    cloud.fail = new GatewayError('credentials-rejected', { message: 'not you' });
    const wanted = { credentialId: await world.addCredentials(role()), credentialVersion: 1 };
    const lender = open(cloud, { clock });

    for (let times = 0; times < 20; times += 1)
      expect(await codeOf(lender.lend(wanted))).to.equal('credentials-rejected');

    expect(cloud.asked).to.equal(1);
    clock.advance(1000);
    await codeOf(lender.lend(wanted));
    expect(cloud.asked).to.equal(2);
  });

  it('renews without the database', async () => {
    const clock = createTestClock(Date.now());
    const cloud = roleCloud(clock, hour);
    const wanted = { credentialId: await world.addCredentials(role()), credentialVersion: 1 };
    const unknown = { credentialId: await world.addCredentials(), credentialVersion: 1 };
    const lender = open(cloud, { clock });
    await lender.lend(wanted);

    database.cut();
    clock.advance(hour - 300_000);
    await eventually(() => lender.get(wanted)?.sessionToken === 'token 2');

    expect(await codeOf(lender.lend(unknown))).to.equal('unavailable');
  });

  it('calls what does not open a fault of ours, and shows nothing of it', async () => {
    const lines: string[] = [];
    const log: Logger = {
      ...silentLog,
      error(message, fields) {
        const line = `${message} ${inspect(fields, { depth: 9 })}`;
        lines.push(line);
        captureLogLine('csg-lender', line);
      },
    };
    const secretAccessKey = 'SecretThatMustNotBeSeen0123456789';
    rememberSecret(secretAccessKey);
    const lender = open(staticCloud, { log });

    for (const broken of [
      { kind: 'of-the-future', secretAccessKey },
      { ...staticKeys(), secretAccessKey: 1 },
    ]) {
      const credentialId = await world.addCredentials(broken);
      expect(await codeOf(lender.lend({ credentialId, credentialVersion: 1 }))).to.equal('internal');
    }
    const other = open(staticCloud, { log, vault: createTestVault() });
    const credentialId = await world.addCredentials();
    expect(await codeOf(other.lend({ credentialId, credentialVersion: 1 }))).to.equal('internal');

    expect(lines).to.have.length(3);
    expect(lines.join('\n')).not.to.contain(secretAccessKey);
  });

  it('lets one go that waits no longer, without disturbing the others', async () => {
    const clock = createTestClock(Date.now());
    const cloud = roleCloud(clock, hour);
    cloud.hold();
    const wanted = { credentialId: await world.addCredentials(role()), credentialVersion: 1 };
    const lender = open(cloud, { clock });
    const giveUp = new AbortController();

    const patient = lender.lend(wanted);
    const impatient = lender.lend(wanted, giveUp.signal).catch((err: Error) => err.name);
    await eventually(() => cloud.asked === 1);
    giveUp.abort();
    expect(await impatient).to.equal('AbortError');
    cloud.goOn();

    expect((await patient).sessionToken).to.equal('token 1');
  });

  it('is bounded', async () => {
    const clock = createTestClock(Date.now());
    const lender = open(staticCloud, { clock, credentialsMax: 3 });
    const wanted = [];
    for (let n = 0; n < 5; n += 1)
      wanted.push({ credentialId: await world.addCredentials(), credentialVersion: 1 });

    for (const one of wanted) {
      clock.advance(1);
      await lender.lend(one);
    }

    expect(lender.size).to.equal(3);
    expect(wanted.map((one) => lender.get(one) !== undefined)).to.deep.equal([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

const staticCloud: LendingClouds = {
  get: () => ({
    async signingCredentials(credentials) {
      if (credentials.kind !== 'access-key') throw new Error('not here');
      const { accessKeyId, secretAccessKey, sessionToken } = credentials;
      return { accessKeyId, secretAccessKey, sessionToken, expiresAtMs: undefined };
    },
  }),
};

/** Stands in for a cloud that lets a role be assumed: a clock of one hour has to pass in a moment. */
function roleCloud(clock: TestClock, lifeMs: number) {
  let going = Promise.resolve();
  let goOn = () => {};
  const cloud = {
    asked: 0,
    fail: undefined as Error | undefined,
    hold() {
      going = new Promise((resolve) => {
        goOn = resolve;
      });
    },
    goOn: () => goOn(),
    get: () => ({
      async signingCredentials(_credentials: CloudCredentials, _signal: AbortSignal) {
        cloud.asked += 1;
        const sessionToken = `token ${cloud.asked}`;
        if (cloud.fail) throw cloud.fail;
        await going;
        return {
          accessKeyId: 'ASIAEXAMPLE000000000',
          secretAccessKey: `secret ${cloud.asked}`,
          sessionToken,
          expiresAtMs: clock.nowMs() + lifeMs,
        };
      },
    }),
  };
  return cloud;
}

function role() {
  return { kind: 'role', roleArn: 'arn:aws:iam::123456789012:role/app', source: withoutKind(staticKeys()) };
}

function withoutKind({ accessKeyId, secretAccessKey }: ReturnType<typeof staticKeys>) {
  return { accessKeyId, secretAccessKey };
}

async function codeOf(outcome: Promise<unknown>): Promise<unknown> {
  return outcome.then(
    (value) => value,
    (err: { code?: unknown }) => err.code,
  );
}
