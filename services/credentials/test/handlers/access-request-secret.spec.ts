import { createClouds } from '@cloud-gateway/clouds';
import { accessRequestRevokeRoute, accessRequestSecretRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import {
  createMasterKeyWrapper,
  createVault,
  isWellFormedAccessKeyId,
  isWellFormedToken,
  keyringFromText,
} from '@cloud-gateway/vault';
import { expect } from 'chai';
import { accessRequestSecret } from '../../src/handlers/access-request-secret.ts';
import { accessSteps, type Requested } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('access-request-secret', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const vault = () => createVault({ wrapper: createMasterKeyWrapper(keyringFromText(world.masterKey)) });
  const take = ({ id, requester }: Requested) => ({ token: requester.token, params: { request: id } });
  const storedSecret = async (id: string, accessKeyId: string) => {
    const key = await world.store.read.accessKeys.find(accessKeyId);
    return (await vault().open(key?.secretSealed ?? '', `access-key:${id}`)).toString();
  };

  it('gives key and secret, and makes the request active', async () => {
    const requested = await steps.requestIn('approved');

    const taken = await world.ask(accessRequestSecretRoute, take(requested));

    rememberSecret(taken.secretAccessKey);
    expect(taken.state).to.equal('active');
    expect(isWellFormedAccessKeyId(taken.accessKeyId ?? '')).to.equal(true);
    expect(isWellFormedToken(taken.secretAccessKey, 'cgw_a')).to.equal(true);
    expect(taken.details).to.deep.include({ accessKeyId: taken.accessKeyId, cloudAccountId: '111111111111' });
    expect(taken.details.recipes).to.have.length(6);
    expect(JSON.stringify(taken.details)).not.to.contain(taken.secretAccessKey);
    expect(await storedSecret(requested.id, taken.accessKeyId ?? '')).to.equal(taken.secretAccessKey);
    const entry = await steps.lastEntryAbout(requested.id);
    expect(entry?.details).to.deep.include({ accessKeyId: taken.accessKeyId });
  });

  it('gives it once: a second time is refused, in a race too', async () => {
    const requested = await steps.requestIn('approved');

    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => world.ask(accessRequestSecretRoute, take(requested))),
    );

    const taken = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    for (const { secretAccessKey } of taken) rememberSecret(secretAccessKey);
    expect(taken).to.have.length(1);
    const problem = await world.refusal(accessRequestSecretRoute, take(requested));
    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain('active').and.to.contain('revoke');
  });

  it('gives the same answer to a repetition with the same Idempotency-Key', async () => {
    const requested = await steps.requestIn('approved');
    const asked = { ...take(requested), headers: { 'idempotency-key': `once-${requested.id}` } };

    const first = await world.ask(accessRequestSecretRoute, asked);
    const second = await world.ask(accessRequestSecretRoute, asked);

    rememberSecret(first.secretAccessKey);
    expect(second).to.deep.equal(first);
  });

  it('gives another secret for the same key when an attempt died before anybody saw the first', async () => {
    const requested = await steps.requestIn('approved');
    const { handle } = accessRequestSecret({
      ...world,
      vault: vault(),
      clouds: createClouds([]),
      proxyUrl: 'http://127.0.0.1:3128',
    });
    const caller = { ...world.administrator, clientId: requested.requester.id };
    const request = repeatedRequest(caller, { params: { request: requested.id } });

    const [first, second] = [
      accessRequestSecretRoute.answer.schema.parse((await handle(request(1))).body),
      accessRequestSecretRoute.answer.schema.parse((await handle(request(2))).body),
    ];

    for (const { secretAccessKey } of [first, second]) rememberSecret(secretAccessKey);
    expect(second.accessKeyId).to.equal(first.accessKeyId);
    expect(second.secretAccessKey).not.to.equal(first.secretAccessKey);
    expect(await storedSecret(requested.id, second.accessKeyId ?? '')).to.equal(second.secretAccessKey);
    expect(await steps.eventsAbout(requested.id)).to.have.length(3);
    const wish = repeatedRequest(caller, { params: { request: requested.id } });
    const other: unknown = await handle(wish(2)).catch((err) => err);
    expect(other).to.have.property('code', 'conflict');
    await world.ask(accessRequestRevokeRoute, { token: world.adminToken, params: { request: requested.id } });
    const tooLate: unknown = await handle(request(3)).catch((err) => err);
    expect(tooLate).to.have.property('code', 'conflict');
  });

  it('is for the requester only, and for who still may request', async () => {
    const requested = await steps.requestIn('approved');
    const colleague = await world.createClient();
    const stranger = await steps.stranger();
    const byOther = (token: string) => world.refusal(accessRequestSecretRoute, { ...take(requested), token });

    const byAdmin = await byOther(world.adminToken);
    expect(byAdmin.code).to.equal('forbidden');
    expect(byAdmin.detail).to.contain(requested.requester.id);
    expect((await byOther(colleague.token)).code).to.equal('not-found');
    expect((await byOther(stranger.token)).code).to.equal('not-found');
    expect((await world.store.read.accessRequests.find(requested.id))?.state).to.equal('approved');
  });
});
