// What administrators change reaches every process of the proxy within a second, and an outage of the database loses
// nothing.
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { mintAccessKeyId } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { staticKeys } from '../keys/access-world.ts';
import { type CuttableDatabase, openCuttableDatabase } from '../usage/cuttable-database.ts';
import { createCaller } from './create-caller.ts';
import { expectErrorShape, expectRetryableShape } from './expect-error-shape.ts';
import { type RecordingUpstream, startRecordingUpstream } from './recording-upstream.ts';
import { bytesOf, drafts, headerOf, sign } from './signed-request.ts';
import { type SpawnedProxy, spawnProxy } from './spawn-proxy.ts';
import { createGround, type Ground, type SeededKey } from './start-proxy.ts';
import type { WireAnswer } from './take-answer.ts';

const { json } = drafts;
/** By their clocks, the proxies believe nothing that was confirmed longer ago. */
const withinMs = 1000;

describe('two processes of the proxy', function () {
  this.timeout(serverStartTimeoutMs);
  let ground: Ground;
  let upstream: RecordingUpstream;
  let proxies: readonly SpawnedProxy[];

  before(async () => {
    ground = await createGround();
    upstream = await startRecordingUpstream();
    proxies = await Promise.all([spawnProxy({ ground, upstream }), spawnProxy({ ground, upstream })]);
  });
  after(async () => {
    for (const proxy of proxies ?? []) expect(await proxy.stop()).to.deep.equal({ status: 0, signal: null });
    await upstream?.stop();
    await ground?.remove();
  });

  /** Calls by each process all the time and changes something; gives what the calls that began a second later met. */
  async function meetAfterwards(
    key: SeededKey,
    change: () => Promise<unknown>,
  ): Promise<readonly WireAnswer[]> {
    let changedAtMs = Infinity;
    const callers = proxies.map(async (proxy) => {
      const caller = createCaller(() => proxy.connect(json.host));
      const met: WireAnswer[] = [];
      let calls = 0;
      while (met.length < 10) {
        const beganAtMs = performance.now();
        const answer = await caller.ask(bytesOf(sign(json, key)));
        if (beganAtMs > changedAtMs + withinMs) met.push(answer);
        if (changedAtMs === Infinity) expect(answer.status).to.be.oneOf([200, 400]);
        calls += 1;
        if (calls === 20) known += 1;
      }
      caller.close();
      return met;
    });
    let known = 0;
    await eventually(() => known === proxies.length);
    await change();
    changedAtMs = performance.now();
    return (await Promise.all(callers)).flat();
  }

  for (const state of ['revoked', 'archived'] as const) {
    it(`refuse a key that was ${state}`, async () => {
      const key = await ground.seedKey();
      const met = await meetAfterwards(key, () => ground.access.end(key.accessRequestId, state));
      for (const answer of met) {
        expectErrorShape(answer, 'json', 'UnrecognizedClientException');
        expect(answer.text).to.include('Client is not Active');
      }
    });
  }

  it('go by the rules of a policy group that was replaced', async () => {
    const key = await ground.seedKey({
      rules: [{ type: 'csg.actions', service: 'dynamodb', allow: ['GetItem'] }],
    });
    const request = await ground.store.read.accessRequests.find(key.accessRequestId);
    const met = await meetAfterwards(key, () =>
      ground.store.read.policyGroups.replace(request?.policyGroupId ?? '', {
        name: 'stricter',
        description: '',
        rules: [{ type: 'csg.actions', service: 'dynamodb', allow: ['PutItem'] }],
        updatedAt: new Date(),
      }),
    );
    for (const answer of met) {
      expectErrorShape(answer, 'json', 'AccessDeniedException');
      expect(answer.text).to.include("Action 'GetItem' violates policy 'csg.actions'");
    }
  });

  it('sign with cloud credentials that were replaced', async () => {
    const key = await ground.seedKey();
    const newKeys = staticKeys();
    let before = 0;
    const met = await meetAfterwards(key, async () => {
      await ground.access.replaceCredentials(key.credentialId, newKeys);
      before = upstream.requests.length;
    });
    for (const answer of met) expect(answer.status).to.equal(200);
    const lateOnes = upstream.requests.slice(before).slice(-met.length);
    for (const { headers } of lateOnes)
      expect(headerOf(headers, 'authorization')).to.include(`Credential=${newKeys.accessKeyId}/`);
  });
});

describe('a database that goes away under the proxy', function () {
  this.timeout(serverStartTimeoutMs);
  const graceMs = 4000;
  let database: CuttableDatabase;
  let ground: Ground;
  let upstream: RecordingUpstream;
  let proxy: SpawnedProxy;
  let key: SeededKey;

  before(async () => {
    database = await openCuttableDatabase();
    ground = await createGround({ database: { url: database.directUrl, through: database.url } });
    upstream = await startRecordingUpstream();
    proxy = await spawnProxy({
      ground,
      upstream,
      settings: { GATEWAY_CSG_OFFLINE_GRACE_MS: String(graceMs) },
    });
    key = await ground.seedKey();
  });
  after(async () => {
    await proxy?.stop(25_000);
    await upstream?.stop();
    await ground?.remove();
    await database?.close();
  });

  for (const how of ['cut', 'freeze'] as const) {
    it(`(${how}): known keys go on for the grace, unknown ones are told to try again, and no record is lost`, async () => {
      const caller = createCaller(() => proxy.connect(json.host));
      let answered = 0;
      const ask = async (asked = key): Promise<WireAnswer> => {
        const answer = await caller.ask(bytesOf(sign(json, asked)));
        if (answer.status === 200) answered += 1;
        return answer;
      };
      const stored = async () =>
        (await ground.storedCalls(key, 0)).filter(({ outcome }) => outcome === 'answered');
      const before = (await stored()).length;
      expect((await ask()).status).to.equal(200);

      database[how]();
      const cutAtMs = performance.now();
      expectRetryableShape(await ask({ ...key, accessKeyId: mintAccessKeyId() }), 'json');
      while (performance.now() - cutAtMs < graceMs * 0.6) expect((await ask()).status).to.equal(200);
      await eventually(
        async () => {
          expectRetryableShape(await ask(), 'json');
          return true;
        },
        { timeoutMs: graceMs * 3 },
      );

      database.mend();
      await eventually(async () => expect((await ask()).status).to.equal(200), { timeoutMs: 15_000 });
      await eventually(
        async () => {
          const ids = (await stored()).map(({ id }) => id);
          expect(ids.length - before).to.equal(answered);
          expect(new Set(ids).size).to.equal(ids.length);
          return true;
        },
        { timeoutMs: 30_000, intervalMs: 250 },
      );
      caller.close();
    });
  }
});
