import { randomUUID } from 'node:crypto';
import { subscriptionCreateRoute, subscriptionShowRoute, topology } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { subscriptionCreate } from '../../src/handlers/subscription-create.ts';
import { startKeeper } from '../../src/keeper/start-keeper.ts';
import type { SubscriptionBody } from '../../src/subscription-body.ts';
import { startWorld, type TestClient, type World } from '../start-world.ts';

describe('the keeper of subscriptions', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld({
      GATEWAY_SUBSCRIPTIONS_CHECK_MS: '1000',
      GATEWAY_SUBSCRIPTIONS_REPLAY_SLICE: '20',
    });
  });
  after(() => world?.close());

  async function subscribe(client: TestClient, body: object = {}) {
    return world.ask(subscriptionCreateRoute, { token: client.token, body });
  }
  const show = ({ token }: TestClient, { id }: { id: string }) =>
    world.ask(subscriptionShowRoute, { token, params: { subscription: id } });
  const queueOf = ({ connect }: SubscriptionBody) => connect?.queue ?? '';
  const stateOf = async ({ id }: { id: string }) => (await world.store.read.subscriptions.find(id))?.state;

  it('binds what is proven later, unbinds what is given up, and tells of the gap when it is proven again', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-keep-1');
    const all = await subscribe(client);
    const named = await subscribe(client, { accounts: ['ec2-keep-1'] });

    await world.prove(client, 'ec2-keep-2');
    await eventually(async () => (await show(client, all)).accounts[1]?.bound);
    await world.change('ec2-keep-1', 1);
    await world.change('ec2-keep-2', 1);
    await world.relay();
    const heard = async (subscription: SubscriptionBody) =>
      (await world.drain(queueOf(subscription))).map(({ account, sequence }) => `${account} ${sequence}`);
    expect(await heard(all)).to.deep.equal(['ec2-keep-1 1', 'ec2-keep-2 1']);
    expect(await heard(named)).to.deep.equal(['ec2-keep-1 1']);

    await world.forget(client, 'ec2-keep-1');
    await eventually(async () => (await show(client, named)).accounts[0]?.bound === false);
    expect((await show(client, named)).accounts).to.deep.equal([
      { account: 'ec2-keep-1', bound: false, sequence: null, syncFrom: 1 },
    ]);
    await world.change('ec2-keep-1', 2);
    await world.relay();
    expect(await heard(named)).to.deep.equal([]);

    await world.prove(client, 'ec2-keep-1');
    await eventually(async () => (await show(client, named)).accounts[0]?.bound);
    expect((await show(client, named)).accounts).to.deep.equal([
      { account: 'ec2-keep-1', bound: true, sequence: 3, syncFrom: 1 },
    ]);
  });

  it('takes the events of a disabled client away, and its queue when nobody asked for long', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-keep-3');
    const made = await subscribe(client, { administration: true });
    await world.store.read.clients.disable(client.id, new Date());
    await eventually(async () => (await stateOf(made)) === 'suspended');
    await world.change('ec2-keep-3', 2);
    await world.relay();
    expect((await world.queues.inspect(queueOf(made)))?.ready).to.equal(0);

    world.clock.offsetMs += 8 * 24 * 3_600_000;
    await eventually(async () => (await world.queues.inspect(queueOf(made))) === undefined);
    expect(await stateOf(made)).to.equal(undefined);
    world.clock.offsetMs = 0;
  });

  it('makes a queue again that the broker has lost, and tells in it since when events are missing', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-keep-4');
    await world.change('ec2-keep-4', 3);
    await world.relay();
    const made = await subscribe(client);
    await world.queues.remove(queueOf(made));
    // It might be that its request is still making it.
    world.clock.offsetMs += 60_000;
    await world.change('ec2-keep-4', 2);
    await world.relay();

    const account = await eventually(async () => {
      const [first] = (await show(client, made)).accounts;
      return first?.sequence === 5 && first;
    });
    expect(account).to.deep.equal({ account: 'ec2-keep-4', bound: true, sequence: 5, syncFrom: 3 });
    await eventually(async () => (await world.queues.inspect(queueOf(made)))?.ready === 1);
    const [notice] = await world.drain(queueOf(made));
    expect(notice?.payload).to.deep.include({
      subject: 'subscription.dropped',
      scope: 'ec2-keep-4',
      details: {
        subscriptionId: made.id,
        dropped: 0,
        accounts: [{ account: 'ec2-keep-4', syncFrom: 3 }],
      },
    });
    world.clock.offsetMs = 0;
  });

  it('puts bindings back that somebody has taken away', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-keep-5');
    const made = await subscribe(client);
    await world.queues.unbind(queueOf(made), ['v1.ec2.ec2-keep-5.*.*.*.*']);
    await eventually(async () => {
      await world.change('ec2-keep-5', 1);
      await world.relay();
      return (await world.queues.inspect(queueOf(made)))?.ready;
    });
  });

  it('tells what was dropped when who counted it has died before telling', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-keep-11');
    const made = await subscribe(client);
    const accounts = [{ accountId: 'ec2-keep-11', lowestSequence: 4 }];
    const { subscriptions } = world.store.read;
    await subscriptions.noteDropped(made.id, { count: 1, lastAt: new Date(), accounts });
    await eventually(async () => (await world.queues.inspect(queueOf(made)))?.ready === 1);
    const [notice] = await world.drain(queueOf(made));
    expect(notice?.payload['details']).to.deep.include({
      accounts: [{ account: 'ec2-keep-11', syncFrom: 3 }],
    });
    await eventually(async () => (await subscriptions.find(made.id))?.noticeDue === false);
  });

  it('keeps all others while the broker refuses the queue of one', async () => {
    const [client, other] = [await world.createClient(), await world.createClient()];
    for (const one of [client, other]) await world.prove(one, 'ec2-keep-9');
    const refused = await subscribe(client);
    const kept = await subscribe(other);
    await world.queues.remove(queueOf(refused));
    // As a queue whose nodes are down: nobody but this connection may use it.
    const holder = await world.channel();
    await holder.assertQueue(queueOf(refused), { exclusive: true });

    for (const one of [client, other]) await world.forget(one, 'ec2-keep-9');
    await eventually(async () => (await show(other, kept)).accounts[0]?.bound === false);
    await world.prove(other, 'ec2-keep-10');
    await eventually(async () => (await show(other, kept)).accounts[0]?.bound);
    const metricOfKept = `gateway_subscription_consumers{subscription="${kept.id}"`;
    await eventually(async () => (await world.metrics.render()).body.includes(metricOfKept));

    await holder.deleteQueue(queueOf(refused));
    await eventually(async () => (await show(client, refused)).accounts[0]?.bound === false);
  });

  it('removes the queue of what was ended while the broker was away', async () => {
    const client = await world.createClient();
    const made = await subscribe(client);
    await world.store.read.subscriptions.end(made.id, new Date());
    await eventually(async () => (await world.queues.inspect(queueOf(made))) === undefined);
    const deadLetters = topology.subscriptionDeadLetterQueue(queueOf(made));
    await eventually(async () => (await world.queues.inspect(deadLetters)) === undefined);
  });

  it('replays no faster than the queue is read, so that nothing of it is dropped', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-keep-6');
    await world.change('ec2-keep-6', 60);
    await world.relay();
    const made = await subscribe(client, {
      from: { sequences: { 'ec2-keep-6': 0 } },
      delivery: { kind: 'queue', lengthMax: 20 },
    });
    const read: (number | undefined)[] = [];
    await eventually(async () => {
      expect((await world.queues.inspect(queueOf(made)))?.ready).to.be.at.most(10);
      read.push(...(await world.drain(queueOf(made))).map(({ sequence }) => sequence));
      return read.length === 60 && (await stateOf(made)) === 'joining';
    });
    expect(read).to.deep.equal(Array.from({ length: 60 }, (_, index) => index + 1));
    expect((await show(client, made)).dropped.count).to.equal(0);
  });

  it('ends a replay that nobody has read for as long as events are stored, and tells what was not delivered', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-keep-12');
    await world.change('ec2-keep-12', 60);
    await world.relay();
    const made = await subscribe(client, {
      from: { sequences: { 'ec2-keep-12': 5 } },
      delivery: { kind: 'queue', lengthMax: 20 },
    });
    await eventually(async () => (await world.queues.inspect(queueOf(made)))?.ready === 10);
    expect(await stateOf(made)).to.equal('replaying');
    world.clock.offsetMs += 8 * 24 * 3_600_000;
    await eventually(async () => (await stateOf(made)) === 'joining');
    world.clock.offsetMs = 0;
    expect((await show(client, made)).accounts).to.deep.equal([
      { account: 'ec2-keep-12', bound: true, sequence: 5, syncFrom: 5 },
    ]);
    const subjects = async () => (await world.drain(queueOf(made))).map(({ subject }) => subject);
    await eventually(async () => (await subjects()).includes('subscription.dropped'));
    // What was published is no longer kept for it.
    await world.store.read.outbox.purge({ olderThanMs: -1_000, limit: 10_000 });
    const from = await world.store.read.outbox.findReplayStart('ec2-keep-12', { sequence: 59 });
    expect(from.state).to.equal('too-old');
  });

  it('shows how many events wait in each subscription, and forgets those that are gone', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-keep-7');
    const made = await subscribe(client);
    await world.change('ec2-keep-7', 4);
    await world.relay();
    const page = async () => (await world.metrics.render()).body;
    const series = (name: string) => new RegExp(`${name}\\{.*subscription="${made.id}".*\\} (\\d+)`);
    await eventually(async () => series('gateway_subscription_ready_events').exec(await page())?.[1] === '4');
    expect(series('gateway_subscription_consumers').exec(await page())?.[1]).to.equal('0');
    expect(await page()).to.match(/gateway_subscriptions\{.*state="active".*\} [1-9]/);
    await world.store.read.subscriptions.end(made.id, new Date());
    await eventually(async () => !series('gateway_subscription_ready_events').test(await page()));
  });

  it('is one of several processes: when it stops in the middle of a replay another goes on', async () => {
    const another = await world.startAnother();
    try {
      const client = await world.createClient();
      await world.prove(client, 'ec2-keep-8');
      await world.change('ec2-keep-8', 400);
      await world.relay();
      const made = await subscribe(client, {
        from: { sequences: { 'ec2-keep-8': 0 } },
        delivery: { kind: 'queue', lengthMax: 100 },
      });
      // It waits there, because the queue is half full.
      await eventually(async () => (await world.queues.inspect(queueOf(made)))?.ready === 50);
      await world.stopService();
      const read: (number | undefined)[] = [];
      await eventually(async () => {
        read.push(...(await world.drain(queueOf(made))).map(({ sequence }) => sequence));
        return (await stateOf(made)) === 'joining' && read.includes(400);
      });
      expect([...new Set(read)]).to.deep.equal(Array.from({ length: 400 }, (_, index) => index + 1));
    } finally {
      await another.stop();
    }
  });

  describe('beside others', () => {
    before(() => world.stopService());

    async function subscribed(account: string) {
      const client = await world.createClient();
      await world.prove(client, account);
      const { handle } = subscriptionCreate(world.handlerDeps);
      const body = subscriptionCreateRoute.body.parse({});
      const made = subscriptionCreateRoute.answer.schema.parse(
        (await handle(repeatedRequest({ clientId: client.id }, { body })(1))).body,
      );
      return { client, id: made.id, queue: made.connect?.queue ?? '' };
    }
    function startOwn({ queues = world.queues, store = world.store }) {
      return startKeeper({
        store,
        queues,
        owner: randomUUID(),
        clock: world.clock,
        log: world.log,
        tellLost: () => undefined,
        measure: () => Promise.resolve(),
        forgetMeasured: () => undefined,
        replaySlice: 20,
        keptMs: 3_600_000,
        settings: {
          reconcileMs: 20,
          checkMs: 3_600_000,
          measureMs: 3_600_000,
          leaseMs: 1_000,
          replayPauseMs: 1,
        },
      });
    }

    it('leaves no queue behind of what is ended while it is compared', async () => {
      const { id, queue } = await subscribed('ec2-keep-13');
      const { subscriptions } = world.store.read;
      let isDeclared = false;
      const keeper = startOwn({
        queues: {
          ...world.queues,
          async declare(spec) {
            if (spec.queue !== queue) return world.queues.declare(spec);
            await subscriptions.end(id, new Date());
            await world.queues.remove(queue);
            await subscriptions.noteQueueRemoved(id);
            await world.queues.declare(spec);
            isDeclared = true;
          },
        },
      });
      try {
        await eventually(() => isDeclared);
        await eventually(async () => (await world.queues.inspect(queue)) === undefined);
      } finally {
        await keeper.stop();
      }
    });

    it('takes nothing away that the next one has bound, when it was paused in between', async () => {
      const { client, id, queue } = await subscribed('ec2-keep-14');
      const { read } = world.store;
      const isBound = async () => (await read.subscriptions.find(id))?.accounts[0]?.bound;
      let isPaused = false;
      let resume: () => void = () => undefined;
      const resumed = new Promise<void>((resolve) => {
        resume = resolve;
      });
      const markUnbound: typeof read.subscriptions.markUnbound = async (...args) => {
        await read.subscriptions.markUnbound(...args);
        isPaused = true;
        await resumed;
      };
      const subscriptions = { ...read.subscriptions, markUnbound };
      const paused = startOwn({ store: { ...world.store, read: { ...read, subscriptions } } });
      const keepers = [paused];
      try {
        await eventually(() => paused.isLeading());
        await world.forget(client, 'ec2-keep-14');
        await eventually(() => isPaused);
        await world.prove(client, 'ec2-keep-14');
        const next = startOwn({});
        keepers.push(next);
        await eventually(isBound);
        resume();
        await eventually(() => !paused.isLeading());
        await world.change('ec2-keep-14', 1);
        await world.relay();
        await eventually(async () => (await world.queues.inspect(queue))?.ready === 1);
      } finally {
        resume();
        await Promise.all(keepers.map((keeper) => keeper.stop()));
      }
    });
  });
});
