// Keys whose calls are signed as a role: assumed once for all who wait, renewed before it expires.
import { randomBytes } from 'node:crypto';
import { type Simulator, start as startSimulator } from '@cloud-gateway/simulator';
import { eventually, rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { bytesOf, draftServices, drafts, headerOf, sign } from './signed-request.ts';
import { createGround, type Ground, startProxy, type TestProxy } from './start-proxy.ts';

const { json } = drafts;
const minuteMs = 60_000;

describe('calls that are signed as a role', function () {
  this.timeout(serverStartTimeoutMs);
  let aheadMs = 0;
  const clock = { nowMs: () => Date.now() + aheadMs };
  let simulator: Simulator;
  let ground: Ground;
  let proxy: TestProxy;
  const source = {
    accessKeyId: 'AKIAROLESPECSOURCE',
    secretAccessKey: randomBytes(30).toString('base64'),
    accountId: '111122223333',
    userName: 'gateway',
  };

  before(async () => {
    rememberSecret(source.secretAccessKey);
    simulator = await startSimulator(
      {
        users: [source],
        roles: [
          {
            accountId: '444455556666',
            roleName: 'lent',
            trustedAccountIds: [source.accountId],
            externalId: 'an-external-id',
          },
        ],
      },
      { clock },
    );
    ground = await createGround();
    proxy = await startProxy({ ground, clock, settings: { GATEWAY_EC2_ENDPOINT: simulator.url } });
  });
  after(async () => {
    await proxy?.stop();
    await ground?.remove();
    await simulator?.stop();
  });

  const assumed = () => simulator.calls().counts['sts:AssumeRole'] ?? 0;
  const lastSigner = () => {
    const authorization = headerOf(proxy.upstream.requests.at(-1)?.headers ?? [], 'authorization') ?? '';
    return /Credential=([^/]+)/.exec(authorization)?.[1];
  };

  it('assume it once, however many begin at the same time, and again before it expires', async () => {
    const credentialId = await ground.access.addCredentials({
      kind: 'role',
      roleArn: 'arn:aws:iam::444455556666:role/lent',
      externalId: 'an-external-id',
      source: { accessKeyId: source.accessKeyId, secretAccessKey: source.secretAccessKey },
    });
    const key = await ground.access.addKey({ credentialId, services: draftServices });
    const ask = async (): Promise<number> => {
      const client = await proxy.connect(json.host);
      try {
        client.send(bytesOf(sign(json, key, { nowMs: clock.nowMs() })));
        return (await client.answer()).status;
      } finally {
        client.close();
      }
    };

    const first = await Promise.all(Array.from({ length: 50 }, ask));
    expect(first).to.deep.equal(Array.from({ length: 50 }, () => 200));
    expect(assumed()).to.equal(1);
    const signer = lastSigner();
    expect(signer).to.not.equal(source.accessKeyId);
    expect(headerOf(proxy.upstream.requests.at(-1)?.headers ?? [], 'x-amz-security-token')).to.be.a('string');

    // Five minutes before the end of its hour it is renewed, while calls go on.
    aheadMs += 54 * minuteMs;
    for (let i = 0; i < 10; i += 1) expect(await ask()).to.equal(200);
    expect(assumed()).to.equal(1);
    aheadMs += 2 * minuteMs;
    await eventually(async () => {
      expect(await ask(), 'a call during the renewal').to.equal(200);
      expect(lastSigner()).to.not.equal(signer);
      return true;
    });
    expect(assumed()).to.equal(2);
    aheadMs += 10 * minuteMs;
    expect(await ask()).to.equal(200);
    expect(assumed()).to.equal(2);
  });

  it('get an error that SDKs repeat while the role cannot be assumed', async () => {
    const credentialId = await ground.access.addCredentials({
      kind: 'role',
      roleArn: 'arn:aws:iam::444455556666:role/lent',
      externalId: 'another-external-id',
      source: { accessKeyId: source.accessKeyId, secretAccessKey: source.secretAccessKey },
    });
    const key = await ground.access.addKey({ credentialId, services: draftServices });
    const before = proxy.upstream.requests.length;
    const client = await proxy.connect(json.host);
    client.send(bytesOf(sign(json, key, { nowMs: clock.nowMs() })));
    const answer = await client.answer();
    client.close();
    expect(answer.status).to.equal(503);
    expect(answer.text).to.not.include('another-external-id');
    expect(proxy.upstream.requests.length).to.equal(before);
    expect(proxy.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });
});
