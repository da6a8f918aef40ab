import { subscriptionCreateRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { administrativeEntry } from '@cloud-gateway/store';
import { eventually, rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { subscriptionCreate } from '../../src/handlers/subscription-create.ts';
import { startWorld, toMessage, type World } from '../start-world.ts';

describe('subscription-create', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld({ GATEWAY_AMQP_PUBLIC_URL: 'amqps://broker.example.com/gateway' });
  });
  after(() => world?.close());

  const create = (token: string, body: object = {}) => world.ask(subscriptionCreateRoute, { token, body });
  const refusal = (token: string, body: object = {}) =>
    world.refusal(subscriptionCreateRoute, { token, body });
  const sequencesIn = async (queue: string) => (await world.drain(queue)).map(({ sequence }) => sequence);

  it('makes a queue that gets the events of what its client has proven, and nothing else', async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    await world.prove(client, 'ec2-create-1');
    await world.prove(other, 'ec2-create-2');
    await world.change('ec2-create-1', 2);

    const made = await create(client.token, { name: 'mine', types: ['instance'] });

    expect(made).to.deep.include({
      name: 'mine',
      clientId: client.id,
      state: 'active',
      filter: { types: ['instance'], administration: false },
      accounts: [{ account: 'ec2-create-1', bound: true, sequence: 2, syncFrom: null }],
      delivery: { kind: 'queue', lengthMax: 100_000, ageMaxSeconds: 604_800 },
      connect: {
        url: 'amqps://broker.example.com/gateway',
        username: client.id,
        queue: `subscription.${client.id}.${made.id}`,
        deadLetterQueue: `subscription.${client.id}.${made.id}.dead`,
        consumeArguments: {},
        prefetch: 200,
      },
      lag: { ready: 0, consumers: 0 },
      dropped: { count: 0, lastAt: null },
    });
    await world.change('ec2-create-1', 1);
    await world.change('ec2-create-2', 1);
    await world.relay();
    const queue = made.connect?.queue ?? '';
    await eventually(async () => (await world.queues.inspect(queue))?.ready);
    // Sequences 1 and 2 were published after the binding too: more than promised may come.
    const messages = await world.drain(queue);
    expect(new Set(messages.map(({ account }) => account))).to.deep.equal(new Set(['ec2-create-1']));
    expect(messages.at(-1)?.sequence).to.equal(3);
    expect(made).not.to.have.property('signingSecret');
  });

  it('names the accounts that are not proven, and lets whoever has one of a cloud hear what it publishes', async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    await world.prove(client, 'ec2-create-3');
    await world.prove(other, 'ec2-create-4');
    await world.prove(other, 'openstack-create-1');

    const problem = await refusal(client.token, {
      accounts: ['ec2-create-3', 'ec2-create-4', 'openstack-public'],
    });
    expect(problem.code).to.equal('account-not-proven');
    expect(problem.detail).to.include('ec2-create-4, openstack-public').and.not.include('ec2-create-3');

    await world.prove(other, 'ec2-public');
    const made = await create(client.token, { accounts: ['ec2-public'] });
    expect(made.accounts.map(({ account, bound }) => [account, bound])).to.deep.equal([['ec2-public', true]]);
  });

  it('refuses a filter with too many combinations, and says what to narrow', async () => {
    const client = await world.createClient();
    for (const number of [1, 2, 3]) await world.prove(client, `ec2-many-${number}`);
    const states = Array.from({ length: 100 }, (_, index) => `state-${index}`);
    const problem = await refusal(client.token, {
      states,
      changes: ['state', 'updated', 'deleted', 'discovered'],
    });
    expect(problem.code).to.equal('validation-failed');
    expect(problem.detail).to.include('1200 bindings').and.include('name fewer states');
    expect(problem.errors).to.deep.include({
      path: 'body.states',
      message: 'makes too many bindings (1200)',
    });
  });

  it('refuses such a filter before any account is proven too: those that come later are bound in any case', async () => {
    const client = await world.createClient();
    const many = (prefix: string) => Array.from({ length: 100 }, (_, index) => `${prefix}-${index}`);
    const problem = await refusal(client.token, { states: many('state'), regions: many('region') });
    expect(problem.code).to.equal('validation-failed');
    expect(problem.detail).to.include('10000 bindings');
  });

  it('hears what a cloud publishes though nothing was published yet', async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    await world.prove(client, 'quiet-create-1');
    const made = await create(client.token, { accounts: ['quiet-public'] });
    await world.prove(other, 'quiet-public');
    await world.change('quiet-public', 1);
    await world.relay();
    await eventually(async () => (await world.queues.inspect(made.connect?.queue ?? ''))?.ready === 1);
  });

  it('lets a client have so many and no more, also of those that it asks for at once', async () => {
    const client = await world.createClient();
    const { handle } = subscriptionCreate({ ...world.handlerDeps, subscriptionsMax: 2 });
    const body = subscriptionCreateRoute.body.parse({});
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () =>
        handle(repeatedRequest({ clientId: client.id }, { body })(1)).then(
          () => 'made',
          (err: { code: string }) => err.code,
        ),
      ),
    );
    expect(outcomes.sort()).to.deep.equal(['conflict', 'conflict', 'conflict', 'made', 'made']);
  });

  it('leaves no queue behind when it is ended while it is made', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-ended-1');
    const { store, queues } = world;
    let queue = '';
    const { handle } = subscriptionCreate({
      ...world.handlerDeps,
      queues: {
        ...queues,
        async declare(spec) {
          queue = spec.queue;
          await store.read.subscriptions.end(spec.subscriptionId, new Date());
          await eventually(async () => (await store.read.subscriptions.listEnded(10)).length === 0);
          await queues.declare(spec);
        },
      },
    });
    const body = subscriptionCreateRoute.body.parse({});
    const refused = await handle(repeatedRequest({ clientId: client.id }, { body })(1)).catch(
      (err: { code: string }) => err.code,
    );
    expect(refused).to.equal('gone');
    expect(await queues.inspect(queue)).to.equal(undefined);
  });

  it('says so when it was ended before its request is repeated, and makes no other one', async () => {
    const client = await world.createClient();
    const { handle } = subscriptionCreate(world.handlerDeps);
    const request = repeatedRequest(
      { clientId: client.id },
      { body: subscriptionCreateRoute.body.parse({}) },
    );
    const first = await handle(request(1));
    await world.store.read.subscriptions.end((first.body as { id: string }).id, new Date());
    const repeated = await handle(request(2)).catch((err: { code: string }) => err.code);
    expect(repeated).to.equal('gone');
    expect(await world.store.read.subscriptions.count({ clientId: client.id })).to.equal(0);
  });

  it('gives the same subscription when an attempt died after it was made', async () => {
    const client = await world.createClient();
    const { handle } = subscriptionCreate(world.handlerDeps);
    const delivery = { kind: 'webhook', url: 'http://127.0.0.1:1/path?key=secret' };
    const request = repeatedRequest(
      { clientId: client.id },
      { body: subscriptionCreateRoute.body.parse({ delivery }) },
    );
    const first = await handle(request(1));
    const second = await handle(request(2));
    expect(second.body).to.deep.include({ id: (first.body as { id: string }).id });
    const secretOf = ({ body }: { body: unknown }) => (body as { signingSecret: string }).signingSecret;
    rememberSecret(secretOf(first));
    expect(secretOf(second))
      .to.equal(secretOf(first))
      .and.to.match(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(await world.store.read.subscriptions.count({ clientId: client.id })).to.equal(1);
    const [entry] = await world.store.read.audit.list({ actorId: client.id, limit: 10 });
    expect(entry?.details, 'who was to get the events').to.include({
      delivery: 'webhook',
      receiver: '127.0.0.1:1',
    });
  });

  it('refuses a webhook where nothing may be posted to', async () => {
    const { token } = await world.createClient();
    const delivery = { kind: 'webhook', url: 'http://user:password@example.com/' };
    expect((await refusal(token, { delivery })).code).to.equal('validation-failed');
  });

  it('makes a stream that is read from its first event', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-stream-1');
    const made = await create(client.token, { delivery: { kind: 'stream' } });
    const { connect } = made;
    expect(connect).to.deep.include({
      deadLetterQueue: null,
      consumeArguments: { 'x-stream-offset': 'first' },
    });
    await world.change('ec2-stream-1', 3);
    await world.relay();
    for (let reader = 0; reader < 2; reader++) {
      const channel = await world.channel();
      await channel.prefetch(connect?.prefetch ?? 0);
      const read: (number | undefined)[] = [];
      await channel.consume(
        connect?.queue ?? '',
        (message) => {
          if (!message) return;
          read.push(toMessage(message.content).sequence);
          channel.ack(message);
        },
        { arguments: connect?.consumeArguments },
      );
      await eventually(() => read.length === 3);
      expect(read).to.deep.equal([1, 2, 3]);
      await channel.close();
    }
  });

  it('hears about the gateway when asked to, and of the organization only with audit:read', async () => {
    const client = await world.createClient({ permissions: ['resources:read'] });
    const auditor = await world.createClient({ permissions: ['resources:read', 'audit:read'] });
    for (const one of [client, auditor]) await world.prove(one, 'ec2-admin-1');
    const made = await create(client.token, { administration: true });
    const audited = await create(auditor.token, { administration: true });
    const scopes = { 'ec2-admin-1': 'evt_account', gateway: 'evt_gateway', org_1: 'evt_org' };
    await world.store.read.outbox.append(
      Object.entries(scopes).map(([scope, id]) => administrativeOf(scope, id)),
    );
    await world.relay();
    const idsIn = async (queue = '') => (await world.drain(queue)).map(({ id }) => id);
    await eventually(async () => (await world.queues.inspect(audited.connect?.queue ?? ''))?.ready === 3);
    expect(await idsIn(audited.connect?.queue)).to.deep.equal(['evt_account', 'evt_gateway', 'evt_org']);
    expect(await idsIn(made.connect?.queue)).to.deep.equal(['evt_account', 'evt_gateway']);
  });

  describe('from', () => {
    const account = 'ec2-from-1';
    before(async () => {
      const client = await world.createClient();
      await world.prove(client, account);
      await world.prove(client, 'ec2-from-2');
    });

    async function prepared() {
      const client = await world.createClient();
      await world.prove(client, account);
      return client;
    }

    it('a sequence or a time: stored events come first, then it waits to be joined to the live ones', async () => {
      const { token } = await prepared();
      await world.change(account, 5);
      await world.relay();
      const between = new Date(Date.now() + 1);
      await eventually(() => Date.now() > between.getTime() + 1);
      await world.change(account, 3);
      await world.relay();

      const bySequence = await create(token, { from: { sequences: { [account]: 2 } } });
      const byTime = await create(token, { from: { time: between.toISOString() } });

      expect(['replaying', 'joining']).to.include(bySequence.state);
      expect(bySequence.accounts).to.deep.equal([{ account, bound: true, sequence: 2, syncFrom: null }]);
      for (const { id } of [bySequence, byTime]) {
        await eventually(async () => (await world.store.read.subscriptions.find(id))?.state === 'joining');
      }
      expect(await sequencesIn(bySequence.connect?.queue ?? '')).to.deep.equal([3, 4, 5, 6, 7, 8]);
      expect(await sequencesIn(byTime.connect?.queue ?? '')).to.deep.equal([6, 7, 8]);
    });

    it('too long ago: refuses, and says from where on events are stored', async () => {
      const { token } = await prepared();
      const last = await world.change('ec2-from-2', 4);
      await world.relay();
      await world.store.read.outbox.purge({ olderThanMs: -1_000, limit: 1_000 });
      const client = await world.createClient();
      await world.prove(client, 'ec2-from-2');
      const problem = await refusal(client.token, { from: { sequences: { 'ec2-from-2': 1 } } });
      expect(problem.code).to.equal('resync-required');
      expect(problem.detail).to.include(`ec2-from-2 from sequence ${last}`);
      const byTime = await refusal(client.token, { from: { time: '2020-01-01T00:00:00.000Z' } });
      expect(byTime.code).to.equal('resync-required');
      await create(client.token, { from: { sequences: { 'ec2-from-2': last } } });
      expect((await refusal(token, { from: { sequences: { 'ec2-from-2': last } } })).errors).to.deep.equal([
        {
          path: 'body.from.sequences.ec2-from-2',
          message: 'is not among the accounts of this subscription',
        },
      ]);
    });

    it('a sequence that an account has not reached: refuses', async () => {
      const { token } = await prepared();
      const problem = await refusal(token, { from: { sequences: { [account]: 1_000_000 } } });
      expect(problem.code).to.equal('validation-failed');
      expect(problem.detail).to.include('is ahead of the account');
    });
  });

  function administrativeOf(scope: string, id: string) {
    return administrativeEntry({ id, subject: 'token.revoked', scope, atMs: Date.now(), details: {} });
  }
});
