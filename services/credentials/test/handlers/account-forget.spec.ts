import { accountForgetRoute, accountListRoute, accountProveRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accountForget } from '../../src/handlers/account-forget.ts';
import { accountEventsOf } from '../account-events-of.ts';
import { cloudUsers, credentialsOf, startWorld, type World } from '../start-world.ts';

describe('account-forget', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const account = 'ec2-111111111111';
  const prove = (token: string) =>
    world.ask(accountProveRoute, {
      token,
      body: { cloud: 'ec2', credentials: credentialsOf(cloudUsers.anna) },
    });
  const forget = (token: string) => ({ token, params: { account } });

  it('takes the grant and the credentials away, and leaves those of others', async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    for (const { token } of [client, other]) await prove(token);
    const grant = await world.store.read.grants.find(client.id, account);

    const answer = await world.ask(accountForgetRoute, forget(client.token));

    expect(answer).to.deep.equal({ id: account });
    expect((await world.ask(accountListRoute, { token: client.token })).items).to.deep.equal([]);
    expect(await world.store.read.credentials.find(grant?.credentialId ?? '')).to.equal(undefined);
    expect((await world.ask(accountListRoute, { token: other.token })).items).to.have.length(1);
    const [entry] = await world.store.read.audit.list({ actorId: client.id, limit: 1 });
    expect(entry).to.deep.include({ action: 'account.forgotten', subjectId: account });
  });

  it('refuses an account that the caller has not proven, though another has', async () => {
    const other = await world.createClient();
    await prove(other.token);
    const client = await world.createClient();

    const problem = await world.refusal(accountForgetRoute, forget(client.token));

    expect(problem.code).to.equal('account-not-proven');
    expect((await world.ask(accountListRoute, { token: other.token })).items).to.have.length(1);
  });

  it('can be proven again', async () => {
    const client = await world.createClient();
    await prove(client.token);
    await world.ask(accountForgetRoute, forget(client.token));

    await prove(client.token);

    expect((await world.ask(accountListRoute, { token: client.token })).items).to.have.length(1);
  });

  it('tells in an event who may not work on the account any more', async () => {
    const client = await world.createClient();
    await prove(client.token);
    await world.ask(accountForgetRoute, forget(client.token));

    const events = await accountEventsOf(world.store, client.id);

    expect(events.map(({ subject }) => subject)).to.deep.equal(['account.proven', 'account.forgotten']);
    expect(events[1]).to.deep.include({
      scope: world.administrator.organizationId,
      details: { clientId: client.id, account },
    });
  });

  it('gives the same answer when an attempt died after it was done', async () => {
    await prove(world.adminToken);
    const { handle } = accountForget(world);
    const request = repeatedRequest(world.administrator, { params: { account } });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
    const events = await accountEventsOf(world.store, world.administrator.clientId);
    expect(events.filter(({ subject }) => subject === 'account.forgotten')).to.have.length(1);
    const third: unknown = await handle(
      repeatedRequest(world.administrator, { params: { account } })(2),
    ).catch((err) => err);
    expect(third).to.have.property('code', 'account-not-proven');
  });
});
