import { clientDisableRoute, type Problem, tokenCreateRoute, tokenShowRoute } from '@cloud-gateway/contracts';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { hashToken, isWellFormedToken, mintId, mintToken } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { startWorld, type TestClient, type World } from '../start-world.ts';

describe('token-create', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld({ GATEWAY_LOGIN_FAILURES_MAX: '3', GATEWAY_LOGIN_FAILURES_WINDOW_MS: '1m' });
  });
  after(() => world?.close());

  const logInAs = ({ id, secret }: Pick<TestClient, 'id' | 'secret'>, more: object = {}) => ({
    body: { clientId: id, clientSecret: secret, ...more },
  });
  const wrongSecret = () => {
    const secret = mintToken('cgw_s');
    rememberSecret(secret);
    return secret;
  };

  it('gives a token with all permissions of its client, for an hour', async () => {
    const client = await world.createClient({ permissions: ['resources:read', 'audit:read'] });

    const answer = await world.ask(tokenCreateRoute, logInAs(client));

    rememberSecret(answer.token);
    expect(isWellFormedToken(answer.token, 'cgw_t')).to.equal(true);
    expect(answer.permissions).to.have.members(['resources:read', 'audit:read']);
    expect(Date.parse(answer.expiresAt) - Date.now()).to.be.within(3_590_000, 3_600_000);
    expect((await world.ask(tokenShowRoute, { token: answer.token })).id).to.equal(answer.id);
  });

  it('keeps the hash of the token only', async () => {
    const client = await world.createClient();
    const token = await world.logIn(client);

    const stored = await world.store.read.tokens.findByHash(hashToken(token));

    expect(stored?.clientId).to.equal(client.id);
    expect(JSON.stringify(stored)).not.to.contain(token);
  });

  it('gives fewer permissions when fewer are asked for, and never more', async () => {
    const client = await world.createClient({ permissions: ['resources:read', 'resources:write'] });

    const narrow = await world.logIn(client, ['resources:read']);
    const problem = await world.refusal(
      tokenCreateRoute,
      logInAs(client, { permissions: ['clients:manage'] }),
    );

    expect((await world.ask(tokenShowRoute, { token: narrow })).permissions).to.deep.equal([
      'resources:read',
    ]);
    expect(problem.code).to.equal('forbidden');
    expect(problem.detail).to.contain('clients:manage');
  });

  it('refuses a token as soon as it has expired', async () => {
    const client = await world.createClient();
    const { token } = await world.ask(tokenCreateRoute, logInAs(client, { expiresInSeconds: 60 }));
    rememberSecret(token);
    await world.ask(tokenShowRoute, { token });

    world.clock.offsetMs = 60_000;
    const problem = await world.refusal(tokenShowRoute, { token }).finally(() => {
      world.clock.offsetMs = 0;
    });

    expect(problem.code).to.equal('unauthenticated');
    expect(problem.detail).to.contain('expired at');
  });

  it('does not show whether the client is unknown or disabled or the secret is wrong', async () => {
    const client = await world.createClient();
    const disabled = await world.createClient();
    await world.ask(clientDisableRoute, { token: world.adminToken, params: { client: disabled.id } });
    const attempts = [
      { id: mintId('cli'), secret: wrongSecret() },
      { id: 'nobody ø 😀', secret: wrongSecret() },
      { id: client.id, secret: wrongSecret() },
      disabled,
    ];

    const answers = [];
    for (const attempt of attempts) answers.push(await refusedQuickest(attempt));

    expect(answers[0]?.problem.code).to.equal('unauthenticated');
    for (const { problem } of answers) expect(problem).to.deep.equal(answers[0]?.problem);
    // Without a hash to verify an unknown client would be refused in a tenth of the time.
    const slowestMs = Math.max(...answers.map(({ durationMs }) => durationMs));
    for (const { durationMs } of answers) expect(durationMs).to.be.above(slowestMs / 5);
  });

  /** Of three attempts: the machine may be busy with something else during one of them. */
  async function refusedQuickest(attempt: Pick<TestClient, 'id' | 'secret'>) {
    let quickest = { problem: {} as Partial<Problem>, durationMs: Number.POSITIVE_INFINITY };
    for (const _ of [1, 2, 3]) {
      const startedAtMs = performance.now();
      const { requestId: _id, ...problem } = await world.refusal(tokenCreateRoute, logInAs(attempt));
      const durationMs = performance.now() - startedAtMs;
      if (durationMs < quickest.durationMs) quickest = { problem, durationMs };
    }
    return quickest;
  }

  it('makes one client wait after too many failures, and nobody else', async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    for (const _ of [1, 2, 3]) {
      await world.refusal(tokenCreateRoute, logInAs({ id: client.id, secret: wrongSecret() }));
    }

    const problem = await world.refusal(tokenCreateRoute, logInAs(client));
    await world.logIn(other);

    expect(problem.code).to.equal('too-many-requests');
    expect(problem.retryAfterSeconds).to.be.within(50, 60);
    world.clock.offsetMs = 60_000;
    await world.logIn(client).finally(() => {
      world.clock.offsetMs = 0;
    });
  });

  it('writes successes and failures to the audit log, without secrets', async () => {
    const client = await world.createClient();
    const secret = wrongSecret();
    const isUnknown = ({ actorId }: { actorId: string | null }) => actorId === null;
    const refused = () => world.store.read.audit.list({ action: 'token.refused', limit: 1000 });
    const unknownBefore = (await refused()).filter(isUnknown).length;

    await world.refusal(tokenCreateRoute, logInAs({ id: client.id, secret }));
    await world.refusal(tokenCreateRoute, logInAs({ id: secret, secret }));

    const [failed, succeeded] = await world.store.read.audit.list({ actorId: client.id, limit: 2 });
    expect(failed).to.deep.include({ action: 'token.refused', subjectId: client.id });
    expect(succeeded).to.deep.include({ action: 'token.created', actorId: client.id });
    expect(succeeded?.requestId).to.match(/^req_/);
    const all = await refused();
    expect(all.filter(isUnknown)).to.have.length(unknownBefore + 1);
    expect(JSON.stringify([...all, succeeded]))
      .not.to.contain(secret)
      .and.not.to.contain(client.secret);
  });
});
