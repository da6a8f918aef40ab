import {
  clientCreateRoute,
  clientListRoute,
  defaultClientPermissions,
  organizationCreateRoute,
} from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { isWellFormedToken, verifySecret } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { clientCreate } from '../../src/handlers/client-create.ts';
import { startWorld, type World } from '../start-world.ts';

describe('client-create', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('creates a client of the own organization with the usual permissions and a secret that works', async () => {
    const body = { name: 'robot' };
    const created = await world.ask(clientCreateRoute, { token: world.adminToken, body });
    rememberSecret(created.secret);

    expect(created.organizationId).to.equal(world.administrator.organizationId);
    expect(created.permissions).to.have.members([...defaultClientPermissions]);
    expect(isWellFormedToken(created.secret, 'cgw_s')).to.equal(true);
    await world.logIn(created);
    const [entry] = await world.store.read.audit.list({ action: 'client.created', limit: 1 });
    expect(entry).to.deep.include({ actorId: world.administrator.clientId, subjectId: created.id });
    expect(JSON.stringify(entry)).not.to.contain(created.secret);
  });

  it('keeps nothing but a slow hash of the secret', async () => {
    const client = await world.createClient();

    const hash = await world.store.read.clients.findSecretHash(client.id);

    expect(hash)
      .to.match(/^scrypt\$/)
      .and.not.to.contain(client.secret);
    expect(await verifySecret(client.secret, hash)).to.equal(true);
  });

  it('gives nobody a permission that the giver does not have', async () => {
    const giver = await world.createClient({ permissions: ['clients:manage', 'resources:read'] });
    const create = (permissions: string[]) => ({ token: giver.token, body: { name: 'x', permissions } });

    await world.ask(clientCreateRoute, create(['resources:read']));
    const problem = await world.refusal(
      clientCreateRoute,
      create(['resources:read', 'organizations:manage']),
    );

    expect(problem.code).to.equal('forbidden');
    expect(problem.detail).to.contain('organizations:manage').and.not.to.contain('resources:read');
  });

  it('goes by what the token allows, not the client', async () => {
    const { clientId: id, clientSecret: secret } = world.administrator;
    const token = await world.logIn({ id, secret }, ['clients:manage']);

    const problem = await world.refusal(clientCreateRoute, { token, body: { name: 'x' } });

    expect(problem.code).to.equal('forbidden');
  });

  it('creates a client of another organization only with organizations:manage', async () => {
    const { id: organizationId } = await world.ask(organizationCreateRoute, {
      token: world.adminToken,
      body: { name: 'elsewhere' },
    });
    const manager = await world.createClient({ permissions: ['clients:manage'] });
    const body = { name: 'x', organizationId, permissions: [] };

    expect((await world.refusal(clientCreateRoute, { token: manager.token, body })).code).to.equal(
      'forbidden',
    );
    const created = await world.ask(clientCreateRoute, { token: world.adminToken, body });
    expect(created.organizationId).to.equal(organizationId);
  });

  it('knows no organization that is not there', async () => {
    const body = { name: 'x', organizationId: 'ørg_none', permissions: [] };

    const problem = await world.refusal(clientCreateRoute, { token: world.adminToken, body });

    expect(problem.code).to.equal('not-found');
  });

  it('creates one client for one Idempotency-Key, and shows its secret to whoever repeats the request', async () => {
    const request = {
      token: world.adminToken,
      body: { name: 'once' },
      headers: { 'idempotency-key': 'once' },
    };

    const first = await world.ask(clientCreateRoute, request);
    const second = await world.ask(clientCreateRoute, request);

    rememberSecret(first.secret);
    expect(second).to.deep.equal(first);
    const { items } = await world.ask(clientListRoute, { token: world.adminToken });
    expect(items.filter(({ name }) => name === 'once')).to.have.length(1);
  });

  it('gives the same client a new secret when an attempt died before anybody saw the first', async () => {
    const { handle } = clientCreate(world);
    const request = repeatedRequest(world.administrator, { body: { name: 'died', permissions: [] } });

    const first = clientCreateRoute.answer.schema.parse((await handle(request(1))).body);
    const second = clientCreateRoute.answer.schema.parse((await handle(request(2))).body);

    for (const { secret } of [first, second]) rememberSecret(secret);
    expect(second.id).to.equal(first.id);
    await world.logIn(second);
    const hash = await world.store.read.clients.findSecretHash(first.id);
    expect(await verifySecret(first.secret, hash)).to.equal(false);
  });
});
