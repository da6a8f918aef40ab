import {
  administrativeEventSchema,
  organizationCreateRoute,
  tokenRevokeRoute,
  tokenShowRoute,
} from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { hashToken } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';

describe('token-revoke', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const idOf = async (token: string) =>
    (await world.store.read.tokens.findByHash(hashToken(token)))?.id ?? '';
  const revoke = (token: string, named: string) => ({ token, params: { token: named } });
  const eventsAbout = async (tokenId: string) => {
    const events = await world.store.read.outbox.listWaiting(1000);
    return events.filter(({ payload }) => payload.includes(tokenId));
  };

  it('revokes the token of the request at once', async () => {
    const { token } = await world.createClient();
    const id = await idOf(token);

    const answer = await world.ask(tokenRevokeRoute, revoke(token, 'current'));

    expect(answer.id).to.equal(id);
    expect((await world.refusal(tokenShowRoute, { token })).detail).to.contain(
      `revoked at ${answer.revokedAt}`,
    );
  });

  it('writes an event that every process hears, and an entry of the audit log', async () => {
    const client = await world.createClient();
    const id = await idOf(client.token);

    await world.ask(tokenRevokeRoute, revoke(client.token, 'current'));

    const [event] = await eventsAbout(id);
    const { organizationId } = world.administrator;
    expect(event?.routingKey).to.equal(`v1.gateway.${organizationId}.global.token.revoked.none`);
    const payload = administrativeEventSchema.parse(JSON.parse(event?.payload ?? ''));
    expect(payload).to.deep.include({ subject: 'token.revoked', details: { tokenIds: [id] } });
    const [entry] = await world.store.read.audit.list({ action: 'token.revoked', limit: 1 });
    expect(entry).to.deep.include({ actorId: client.id, subjectId: id, organizationId });
  });

  it('revokes another token of the same client', async () => {
    const client = await world.createClient();
    const second = await world.logIn(client);

    await world.ask(tokenRevokeRoute, revoke(client.token, await idOf(second)));

    await world.refusal(tokenShowRoute, { token: second });
    await world.ask(tokenShowRoute, { token: client.token });
  });

  it("revokes another client's token only with clients:manage", async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    const id = await idOf(client.token);

    expect((await world.refusal(tokenRevokeRoute, revoke(other.token, id))).code).to.equal('forbidden');
    await world.ask(tokenShowRoute, { token: client.token });

    await world.ask(tokenRevokeRoute, revoke(world.adminToken, id));
    await world.refusal(tokenShowRoute, { token: client.token });
  });

  it('knows no token of another organization', async () => {
    const { id: organizationId } = await world.ask(organizationCreateRoute, {
      token: world.adminToken,
      body: { name: 'elsewhere' },
    });
    const manager = await world.createClient({ organizationId, permissions: ['clients:manage'] });
    const client = await world.createClient();

    const problem = await world.refusal(tokenRevokeRoute, revoke(manager.token, await idOf(client.token)));

    expect(problem.code).to.equal('not-found');
    expect((await world.refusal(tokenRevokeRoute, revoke(world.adminToken, 'tøk_none'))).code).to.equal(
      'not-found',
    );
  });

  it('revokes once, however often it is asked to', async () => {
    const client = await world.createClient();
    const id = await idOf(client.token);

    const first = await world.ask(tokenRevokeRoute, revoke(world.adminToken, id));
    const second = await world.ask(tokenRevokeRoute, revoke(world.adminToken, id));

    expect(second).to.deep.equal(first);
    expect(await eventsAbout(id)).to.have.length(1);
  });
});
