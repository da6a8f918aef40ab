import { readFile } from 'node:fs/promises';
import { GatewayError } from '@cloud-gateway/contracts';
import { closeBrokerConnections, testServers } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import {
  createGatewayClient,
  type GatewayClient,
  type GatewayClientOptions,
  type GatewayProblem,
} from '../src/index.ts';
import { startWorld, type World } from './start-world.ts';

const doors = [
  { door: 'HTTP', urlOf: (world: World) => world.httpUrl },
  { door: 'AMQP', urlOf: (world: World) => world.amqpUrl },
] as const;

describe('createGatewayClient', function () {
  this.timeout(30_000);
  let world: World;
  const clients: GatewayClient[] = [];

  before(async () => {
    world = await startWorld();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });
  after(() => world.stop());

  function client(url: string, options: Partial<GatewayClientOptions> = {}): GatewayClient {
    const made = createGatewayClient({ url, ...world.credentials, ...options });
    clients.push(made);
    return made;
  }

  for (const { door, urlOf } of doors) {
    describe(`over ${door}`, () => {
      it('calls a route by its name, and answers what it answers', async () => {
        const cloud = await client(urlOf(world)).call('cloud-show', { params: { cloud: 'ec2' } });
        expect(cloud).to.include({ id: 'ec2', kind: 'ec2' });
      });

      it('tells status and headers, and 304', async () => {
        const gateway = client(urlOf(world));
        const first = await gateway.send('cloud-show', { params: { cloud: 'ec2' } });
        const headers = { 'if-none-match': String(first.headers['etag']) };
        const again = await gateway.send('cloud-show', { params: { cloud: 'ec2' }, headers });
        expect([first.status, again.status, again.body]).to.deep.equal([200, 304, undefined]);
      });

      it('goes through every page of a list', async () => {
        const ids: string[] = [];
        for await (const account of client(urlOf(world)).each('account-list', { query: { limit: 2 } }))
          ids.push(account.id);
        expect(ids).to.deep.equal(['ec2-0', 'ec2-1', 'ec2-2', 'ec2-3', 'ec2-4']);
      });

      it('asks for no page beyond the one where the loop ends', async () => {
        const before = world.count('account-list');
        for await (const account of client(urlOf(world)).each('account-list', { query: { limit: 2 } }))
          if (account.id === 'ec2-1') break;
        expect(world.count('account-list') - before).to.equal(1);
      });

      it('logs in once for calls at the same time, and again when the token is refused', async () => {
        const gateway = client(urlOf(world));
        const before = world.count('token-create');
        const callTwice = () => Promise.all([gateway.call('account-list'), gateway.call('account-list')]);
        await callTwice();
        expect(world.count('token-create') - before, 'at first').to.equal(1);
        world.revokeTokens();
        await callTwice();
        expect(world.count('token-create') - before, 'after the revocation').to.equal(2);
      });

      it('repeats a write under one idempotency key until it succeeds', async () => {
        const before = world.handled.length;
        world.failNext('environment-create', unavailable);
        const environment = await client(urlOf(world)).call('environment-create', {
          body: { name: 'repeated' },
        });
        const asked = world.handled.slice(before).filter(({ route }) => route === 'environment-create');
        expect(environment.id).to.equal('env_repeated');
        expect(asked).to.have.length(2);
        expect(new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size, 'keys').to.equal(1);
      });

      it('mints another key for another write, and takes the one that it is given', async () => {
        const before = world.handled.length;
        const gateway = client(urlOf(world));
        await gateway.call('environment-create', { body: { name: 'a' } });
        await gateway.call('environment-create', { body: { name: 'b' } });
        await gateway.call('environment-create', { body: { name: 'c' }, idempotencyKey: `mine-${door}` });
        const keys = world.handled.slice(before).filter(({ route }) => route === 'environment-create');
        expect(new Set(keys.map(({ idempotencyKey }) => idempotencyKey)).size).to.equal(3);
        expect(keys.at(-1)?.idempotencyKey).to.equal(`mine-${door}`);
      });

      it('waits as long as Retry-After says', async () => {
        world.failNext('account-list', () => {
          throw new GatewayError('overloaded', { message: 'Too much.', retryAfterMs: 1_000 });
        });
        const startMs = performance.now();
        await client(urlOf(world)).call('account-list');
        expect(performance.now() - startMs).to.be.at.least(990);
      });

      it('does not wait longer than its own deadline', async () => {
        world.failNext('account-list', () => {
          throw new GatewayError('overloaded', { message: 'Too much.', retryAfterMs: 60_000 });
        });
        const problem = await refusal(client(urlOf(world)).call('account-list', { timeoutMs: 5_000 }));
        expect(problem).to.include({
          code: 'overloaded',
          status: 503,
          retryable: true,
          retryAfterMs: 60_000,
        });
      });

      it('gives up after so many attempts', async () => {
        const before = world.count('account-list');
        world.failNext('account-list', unavailable, unavailable, unavailable);
        const problem = await refusal(client(urlOf(world), { attempts: 2 }).call('account-list'));
        expect(problem.code).to.equal('unavailable');
        expect(world.count('account-list') - before).to.equal(2);
        world.failNext('account-list');
      });

      it('does not repeat what will not succeed, and tells all of the problem', async () => {
        const before = world.count('cloud-show');
        world.failNext('cloud-show', () => {
          throw new GatewayError('not-found', { message: 'There is no cloud x.' });
        });
        const problem = await refusal(client(urlOf(world)).call('cloud-show', { params: { cloud: 'x' } }));
        expect(problem).to.include({
          code: 'not-found',
          status: 404,
          retryable: false,
          message: 'There is no cloud x.',
        });
        expect(problem.requestId).to.be.a('string');
        expect(world.count('cloud-show') - before).to.equal(1);
      });

      it('does not repeat a refused login', async () => {
        const before = world.count('token-create');
        const problem = await refusal(client(urlOf(world), { clientSecret: 'wrong' }).call('account-list'));
        expect(problem.code).to.equal('unauthenticated');
        expect(world.count('token-create') - before).to.equal(1);
      });

      it('never renews a token that it was given', async () => {
        const { token } = await client(urlOf(world)).call('token-create', { body: world.credentials });
        const gateway = createGatewayClient({
          url: urlOf(world),
          clientId: world.credentials.clientId,
          token,
        });
        clients.push(gateway);
        await gateway.call('account-list');
        const before = world.count('token-create');
        world.revokeTokens();
        expect((await refusal(gateway.call('account-list'))).code).to.equal('unauthenticated');
        expect(world.count('token-create')).to.equal(before);
      });

      it("rejects with the reason of the caller's signal", async () => {
        const controller = new AbortController();
        const reason = new Error('changed my mind');
        world.failNext('account-list', () => controller.abort(reason));
        const error = await rejection(
          client(urlOf(world)).call('account-list', { signal: controller.signal }),
        );
        expect(error).to.equal(reason);
      });

      it('refuses what is under way when it is closed, and everything after', async () => {
        const gateway = client(urlOf(world));
        await gateway.call('account-list');
        let closing: Promise<void> | undefined;
        world.failNext('account-list', () => {
          closing = gateway.close();
        });
        expect((await refusal(gateway.call('account-list'))).code).to.equal('unavailable');
        await closing;
        expect((await refusal(gateway.call('account-list'))).message).to.equal('The client is closed.');
      });

      it('says which route there is not, and which parameter is missing', async () => {
        const gateway = client(urlOf(world));
        const unknown = await rejection(gateway.sendAny('cloud-hide'));
        expect(unknown)
          .to.be.instanceOf(TypeError)
          .with.property('message')
          .match(/^There is no route cloud-hide;/);
        const incomplete = await rejection(gateway.sendAny('cloud-show'));
        expect(incomplete)
          .to.be.instanceOf(TypeError)
          .with.property('message', 'cloud-show needs params.cloud');
      });
    });
  }

  it('waits for a gateway that is not there yet, and says so when it does not come', async () => {
    for (const url of ['http://127.0.0.1:9', 'amqp://gateway:none@127.0.0.1:9/']) {
      const problem = await refusal(client(url, { attempts: 2 }).call('account-list'));
      expect(problem, url).to.include({ code: 'unavailable', retryable: true });
      expect(problem.message, url).to.include('cannot be reached');
    }
  });

  it('sends requests under way again, under the same id, when the connection to the broker breaks', async () => {
    const gateway = client(world.amqpUrl);
    await gateway.call('account-list');
    const before = world.handled.length;
    world.failNext('environment-create', async () => {
      await closeBrokerConnections(world.virtualHost);
    });
    const environment = await gateway.call('environment-create', { body: { name: 'broken' } });
    const asked = world.handled.slice(before).filter(({ route }) => route === 'environment-create');
    expect(environment.id).to.equal('env_broken');
    expect(new Set(asked.map(({ requestId }) => requestId)).size, 'message ids').to.equal(1);
  });

  it('enters the broker as the client: with the secret for a token, and with each token on a connection of its own', async () => {
    await world.letClientIn();
    const url = new URL(world.amqpUrl);
    url.username = '';
    url.password = '';
    const gateway = client(url.href);
    await gateway.call('account-list');
    await world.letClientIn();
    world.revokeTokens();
    await gateway.call('account-list');
    const problem = await refusal(client(url.href, { clientSecret: 'wrong' }).call('account-list'));
    expect(problem.message).to.match(/^The broker refuses cli_test-\w+: /);
    expect(problem.code).to.equal('unauthenticated');
  });

  it('waits while the broker refuses a secret that it has accepted: nobody may be there to ask', async () => {
    await world.letClientIn();
    const url = new URL(world.amqpUrl);
    url.username = '';
    url.password = '';
    const gateway = client(url.href);
    await gateway.call('account-list');
    await world.letClientIn('what nobody has');
    await closeBrokerConnections(world.virtualHost);
    const call = gateway.call('account-list');
    call.catch(() => undefined);
    const impatient = await refusal(gateway.call('account-list', { timeoutMs: 1_000 }));
    expect(impatient).to.include({ code: 'unavailable', retryable: true });
    await world.letClientIn();
    await call;
  });

  it('speaks AMQPS with a broker whose certificate authority it is given', async function () {
    const { amqpsUrl, certificateFile } = await testServers();
    if (!amqpsUrl || !certificateFile) return this.skip();
    const url = new URL(amqpsUrl);
    url.pathname = world.virtualHost;
    const gateway = client(url.href, { ca: await readFile(certificateFile) });
    expect(await gateway.call('cloud-show', { params: { cloud: 'ec2' } })).to.have.property('id', 'ec2');
    const stranger = client(url.href);
    const problem = await refusal(stranger.call('account-list'));
    expect(problem.message).to.match(/^The broker cannot be reached: .*certificate/);
    expect(problem.retryable, 'waiting does not mend it').to.equal(false);
  });

  it('says what does not fit together, without telling a password', () => {
    expect(() => createGatewayClient({ url: 'ftp://a:geheim@b' }))
      .to.throw(TypeError)
      .with.property('message')
      .not.include('geheim');
    expect(() => createGatewayClient({ url: 'amqp://b', token: 't' })).to.throw(TypeError, 'needs clientId');
    expect(() => createGatewayClient({ url: 'http://b', clientSecret: 's' })).to.throw(
      TypeError,
      'needs clientId',
    );
  });
});

function unavailable(): never {
  throw new GatewayError('unavailable', { message: 'Not just now.' });
}

async function refusal(call: Promise<unknown>): Promise<GatewayProblem> {
  const error = await rejection(call);
  expect(error).to.have.property('name', 'GatewayProblem');
  return error as GatewayProblem;
}

async function rejection(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.then(
    () => 'it was answered',
    (error: unknown) => ({ error }),
  );
  expect(outcome).to.be.an('object');
  return (outcome as { error: unknown }).error;
}
