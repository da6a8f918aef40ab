// What the service answers to RabbitMQ, asked over HTTP as RabbitMQ asks.
import { clientDisableRoute, tokenRevokeRoute } from '@cloud-gateway/contracts';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { hashToken, mintToken, tokenPrefixes } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';

describe('answerBroker', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const logIn = (username: string, password: string) => world.askAsBroker('user', { username, password });
  const refusals = () => world.store.read.audit.list({ action: 'token.refused', limit: 1_000 });
  const unknown = (prefix: string) => {
    const text = mintToken(prefix);
    rememberSecret(text);
    return text;
  };

  it('lets a token in, with what it may do, and notes it', async () => {
    const client = await world.createClient({ permissions: ['resources:read'] });
    const none = await world.createClient({ permissions: [] });

    expect(await logIn(client.id, client.token)).to.equal('200 allow gateway_client gateway_events');
    expect(await logIn(none.id, none.token)).to.equal('200 allow gateway_client');

    const id = (await world.store.read.tokens.findByHash(hashToken(client.token)))?.id ?? '';
    await world.ask(tokenRevokeRoute, { token: world.adminToken, params: { token: id } });
    const over = await world.store.read.brokerLogins.listOver({ now: new Date(), limit: 100 });
    expect(over.filter(({ clientId }) => clientId === client.id)).to.have.length(1);
    expect(over.find(({ clientId }) => clientId === client.id)).to.include({
      tokenId: id,
      reason: 'revoked',
    });
  });

  it('lets nobody in with a token that is wrong, revoked, expired, or of another client', async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    const revoked = await world.logIn(client);
    await world.ask(tokenRevokeRoute, { token: revoked, params: { token: 'current' } });

    expect(await logIn(client.id, unknown(tokenPrefixes.token))).to.equal('200 deny');
    expect(await logIn(client.id, revoked)).to.equal('200 deny');
    expect(await logIn(client.id, other.token)).to.equal('200 deny');
    expect(await logIn(client.id, `${client.token.slice(0, -1)}_`)).to.equal('200 deny');
    expect(await logIn(client.id, '')).to.equal('200 deny');
    world.clock.offsetMs = 365 * 24 * 3_600_000;
    expect(await logIn(client.id, client.token)).to.equal('200 deny');
    world.clock.offsetMs = 0;
    expect(await logIn(client.id, client.token)).to.match(/^200 allow/);
  });

  it("lets a client's secret in for asking for a token only", async () => {
    const client = await world.createClient();

    expect(await logIn(client.id, client.secret)).to.equal('200 allow gateway_login');
    expect(await logIn(client.id, unknown(tokenPrefixes.clientSecret))).to.equal('200 deny');
  });

  it('lets nothing of a disabled client in', async () => {
    const client = await world.createClient();
    await world.ask(clientDisableRoute, { token: world.adminToken, params: { client: client.id } });

    expect(await logIn(client.id, client.token)).to.equal('200 deny');
    expect(await logIn(client.id, client.secret)).to.equal('200 deny');
  });

  it('counts a wrong secret as the API does, and a wrong token not', async () => {
    const client = await world.createClient();
    const wrong = unknown(tokenPrefixes.clientSecret);

    for (let i = 0; i < 10; i++) await logIn(client.id, unknown(tokenPrefixes.token));
    await world.logIn(client);
    for (let i = 0; i < 10; i++) await logIn(client.id, wrong);

    expect(await logIn(client.id, client.secret)).to.equal('200 deny');
    expect(await logIn(client.id, client.token)).to.match(/^200 allow/);
    const failure: unknown = await world.logIn(client).catch((err: unknown) => err);
    expect(String(failure)).to.contain('429');
  });

  it('checks no more wrong secrets than failures are allowed, however many come at once', async () => {
    const client = await world.createClient();
    const wrong = unknown(tokenPrefixes.clientSecret);
    const answers = await Promise.all(Array.from({ length: 40 }, () => logIn(client.id, wrong)));

    expect(new Set(answers)).to.deep.equal(new Set(['200 deny']));
    const failures = await world.store.read.audit.list({ limit: 100 });
    const checked = failures.filter(
      ({ action, subjectId }) => action === 'token.refused' && subjectId === client.id,
    );
    // One more may have begun beside the last of them.
    expect(checked).to.have.length.within(10, 11);
  });

  it('checks no secret of a user that is no client id', async () => {
    const before = (await refusals()).length;
    expect(await logIn('x'.repeat(10_000), unknown(tokenPrefixes.clientSecret))).to.equal('200 deny');
    expect(await refusals()).to.have.length(before);
  });

  it('answers what somebody may do, by his tags and names alone', async () => {
    const username = world.administrator.clientId;
    const me = { username, vhost: world.virtualHost, tags: 'gateway_client gateway_events', ip: '127.0.0.1' };
    const resource = { ...me, resource: 'queue', permission: 'read' };

    expect(await world.askAsBroker('vhost', me)).to.equal('200 allow');
    expect(await world.askAsBroker('vhost', { ...me, vhost: '/' })).to.equal('200 deny');
    const own = { ...resource, name: `subscription.${username}.sub_1` };
    expect(await world.askAsBroker('resource', own)).to.equal('200 allow');
    expect(await world.askAsBroker('resource', { ...own, name: 'webhook.sub_1' })).to.equal('200 deny');
    const topic = { ...me, resource: 'topic', name: 'gateway.requests', permission: 'write' };
    const routed = { ...topic, routing_key: 'read.v1.clouds', 'variable_map.username': username };
    expect(await world.askAsBroker('topic', routed)).to.equal('200 allow');
    expect(await world.askAsBroker('topic', { ...routed, tags: 'gateway_login' })).to.equal('200 deny');
  });

  it('refuses what it does not understand', async () => {
    expect(await world.askAsBroker('resource', {})).to.equal('200 deny');
    expect(await world.askAsBroker('topic', { username: 'x', vhost: world.virtualHost })).to.equal(
      '200 deny',
    );
    expect(await world.askAsBroker('user', {})).to.equal('200 deny');
    expect(await world.askAsBroker('elsewhere' as 'user', {})).to.equal('404 not found');
    expect(await world.askAsBroker('user', { username: 'x'.repeat(20_000) })).to.equal('413 too large');
  });
});
