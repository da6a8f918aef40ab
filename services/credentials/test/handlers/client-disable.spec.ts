import {
  administrativeEventSchema,
  clientDisableRoute,
  organizationCreateRoute,
  tokenCreateRoute,
  tokenShowRoute,
} from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('client-disable', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const disable = (client: string, token = world.adminToken) => ({ token, params: { client } });
  const eventsAbout = async (clientId: string) => {
    const events = await world.store.read.outbox.listWaiting(1000);
    return events.filter(({ payload }) => payload.includes(clientId));
  };

  it('refuses every token of the client at once, and its log-in', async () => {
    const client = await world.createClient();
    const second = await world.logIn(client);
    for (const token of [client.token, second]) await world.ask(tokenShowRoute, { token });

    const disabled = await world.ask(clientDisableRoute, disable(client.id));

    expect(disabled.disabledAt).to.be.a('string');
    for (const token of [client.token, second]) {
      expect((await world.refusal(tokenShowRoute, { token })).code).to.equal('unauthenticated');
    }
    const body = { clientId: client.id, clientSecret: client.secret };
    expect((await world.refusal(tokenCreateRoute, { body })).code).to.equal('unauthenticated');
  });

  it('revokes the access of the client to cloud services', async () => {
    const steps = accessSteps(() => world);
    const approved = await steps.requestIn('approved');
    const active = await steps.requestIn('active');

    await world.ask(clientDisableRoute, disable(active.requester.id));

    for (const { id } of [approved, active]) {
      const request = await world.store.read.accessRequests.find(id);
      expect(request).to.include({ state: 'revoked', endReason: 'The client was disabled.' });
    }
  });

  it('writes an event that every process hears, and an entry of the audit log, once', async () => {
    const client = await world.createClient();

    const first = await world.ask(clientDisableRoute, disable(client.id));
    const second = await world.ask(clientDisableRoute, disable(client.id));

    expect(second).to.deep.equal(first);
    const events = await eventsAbout(client.id);
    expect(events).to.have.length(1);
    const payload = administrativeEventSchema.parse(JSON.parse(events[0]?.payload ?? ''));
    expect(payload).to.deep.include({ subject: 'token.revoked', details: { clientId: client.id } });
    const entries = await world.store.read.audit.list({ action: 'client.disabled', limit: 100 });
    expect(entries.filter(({ subjectId }) => subjectId === client.id)).to.have.length(1);
  });

  it('knows no client of another organization, and none that is not there', async () => {
    const { id: organizationId } = await world.ask(organizationCreateRoute, {
      token: world.adminToken,
      body: { name: 'elsewhere' },
    });
    const manager = await world.createClient({ organizationId, permissions: ['clients:manage'] });
    const client = await world.createClient();

    const foreign = await world.refusal(clientDisableRoute, disable(client.id, manager.token));
    const unknown = await world.refusal(clientDisableRoute, disable('clï_none'));

    expect([foreign.code, unknown.code]).to.deep.equal(['not-found', 'not-found']);
    await world.ask(tokenShowRoute, { token: client.token });
  });

  it('lets no client disable itself, so that one is left who can', async () => {
    const problem = await world.refusal(clientDisableRoute, disable(world.administrator.clientId));

    expect(problem.code).to.equal('conflict');
  });

  it('refuses a client without clients:manage', async () => {
    const { id } = await world.createClient();
    const { token } = await world.createClient();

    expect((await world.refusal(clientDisableRoute, disable(id, token))).code).to.equal('forbidden');
  });
});
