import {
  type BrokerConnection,
  connectBroker,
  consumeWebhookQueue,
  createEventPublisher,
  type EventPublisher,
  openSubscriptionQueues,
  type SubscriptionQueues,
} from '@cloud-gateway/messaging';
import {
  administrativeEntry,
  type NewSubscription,
  type OutboxEntry,
  type Subscription,
  subscriptionQueueName,
} from '@cloud-gateway/store';
import {
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
  silentLog,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { joinSubscriptions } from '../src/join-subscriptions.ts';
import { Relay } from '../src/relay.ts';
import { createPollerFixture, newAccountNumber, type PollerFixture } from './poller-fixture.ts';

describe('joinSubscriptions', function () {
  this.timeout(serverStartTimeoutMs);
  let fixture: PollerFixture;
  let host: Awaited<ReturnType<typeof createTestVirtualHost>>;
  let connection: BrokerConnection;
  let publisher: EventPublisher;
  let queues: SubscriptionQueues;
  const relays: Relay[] = [];
  const closers: (() => Promise<void>)[] = [];
  let count = 0;
  before(async () => {
    fixture = await createPollerFixture();
    host = await createTestVirtualHost();
    connection = await connectBroker({ url: host.url, name: 'join test', log: silentLog });
    publisher = await createEventPublisher({ connection, log: silentLog });
    queues = await openSubscriptionQueues({ connection, log: silentLog });
  });
  after(async () => {
    await queues?.stop();
    await publisher?.stop();
    await connection?.close();
    await host?.remove();
    await fixture?.close();
  });
  beforeEach(() => fixture.reset());
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    for (const close of closers.splice(0)) await close();
  });

  const prove = () =>
    fixture.prove({ number: newAccountNumber(), accessKeyId: `KEY${String(count++).padStart(13, '0')}` });

  function startRelay(publish: EventPublisher['publish'] = (events) => publisher.publish(events)): Relay {
    const relay = new Relay({
      store: fixture.store,
      publisher: { publish },
      queues,
      owner: `relay-${count++}`,
      log: silentLog,
      settings: { idleMs: 2, batchSize: 50, leaseMs: 500, joinMs: 10 },
    });
    relays.push(relay);
    relay.start();
    return relay;
  }

  /** Writes `size` changes as the next ones of the account. */
  function change(accountId: string, size: number, state = 'running'): Promise<number> {
    return fixture.store.inTransaction(async (tx) => {
      const { sequence } = await tx.sequences.lock(accountId);
      await tx.outbox.append(
        Array.from({ length: size }, (_, index) => entry(accountId, sequence + index + 1, state)),
      );
      await tx.sequences.set(accountId, sequence + size);
      return sequence + size;
    });
  }
  function entry(accountId: string, sequence: number, state: string): OutboxEntry {
    return {
      accountId,
      sequence,
      id: `${accountId}.${sequence}`,
      routingKey: `v1.ec2.${accountId}.us-east-1.instance.state.${state}`,
      type: 'cloud-gateway.resource.state.v1',
      source: '/v1',
      subject: 'res_x',
      time: new Date().toISOString(),
      payload: JSON.stringify({ account: accountId, sequence }),
    };
  }

  /** With a queue, a consumer and stored events to come after each of these sequences. */
  async function subscribe(
    from: Readonly<Record<string, number>>,
    filter: Partial<Subscription['filter']> = {},
    { joins: isJoining = true } = {},
  ) {
    const { outbox, subscriptions } = fixture.store.read;
    const accounts: NewSubscription['accounts'][number][] = [];
    for (const [accountId, sequence] of Object.entries(from)) {
      const replay = await outbox.findReplayStart(accountId, { sequence });
      if (replay.state !== 'stored') throw new Error(replay.state);
      accounts.push({ accountId, cloud: 'ec2', replay });
    }
    const subscription: NewSubscription = {
      id: `sub_${count++}`,
      clientId: 'cli_test',
      organizationId: 'org_test',
      name: null,
      state: 'replaying',
      filter: { accounts: Object.keys(from), administration: false, ...filter },
      delivery: {
        kind: 'webhook',
        url: 'https://example.com',
        lengthMax: 1_000_000,
        ageMaxSeconds: 600,
        timeoutSeconds: 1,
      },
      auditScope: null,
      sealedSecret: null,
      createdAt: new Date(),
      accounts,
    };
    const { id, delivery } = subscription;
    const queue = subscriptionQueueName(subscription);
    await queues.declare({ queue, subscriptionId: id, delivery });
    const received: string[] = [];
    const consumer = await consumeWebhookQueue({
      connection,
      queue,
      prefetch: 1000,
      onDelivery: (event) => {
        received.push(event.id);
        event.ack();
      },
      onLost: () => undefined,
      log: silentLog,
    });
    closers.push(() => consumer.stop());
    await fixture.store.inTransaction((tx) => tx.subscriptions.create(subscription));
    const joins = () => subscriptions.setState(id, { from: ['replaying'], to: 'joining' });
    if (isJoining) await joins();
    return {
      id,
      queue,
      received,
      /** Without repetitions, of one account. */
      sequences: (accountId: string) => [
        ...new Set(received.filter((event) => event.startsWith(`${accountId}.`)).map(sequenceOf)),
      ],
      state: async () => (await subscriptions.find(id))?.state,
      /** As services/subscriptions does it: what has too much before it is replayed further and then tries again. */
      untilActive: () =>
        eventually(
          async () => (await subscriptions.find(id))?.state === 'active' || (await joins().then(() => false)),
          { timeoutMs: 30_000 },
        ),
    };
  }
  const sequenceOf = (eventId: string) => Number(eventId.split('.')[1]);
  const numbers = (after: number, last: number) =>
    Array.from({ length: last - after }, (_, index) => after + index + 1);
  const waiting = async () => (await fixture.store.read.outbox.backlog()).count;

  /** Goes on writing until it is stopped; gives the last sequence of each account then. */
  function writeWithoutPause(accounts: readonly string[]): () => Promise<number[]> {
    let isStopped = false;
    const writing = accounts.map(async (account) => {
      for (;;) {
        const last = await change(account, 10);
        if (isStopped) return last;
      }
    });
    return () => {
      isStopped = true;
      return Promise.all(writing);
    };
  }

  it('leaves neither gap nor disorder while events are written without pause, wherever it begins', async () => {
    const [one, two] = [await prove(), await prove()];
    for (const account of [one, two]) await change(account, 300);
    startRelay();
    await eventually(async () => (await waiting()) === 0);
    const stop = writeWithoutPause([one, two]);
    const starts = [0, 150, 299, 300];
    const subscribed = [];
    for (const start of starts) {
      subscribed.push({ start, subscription: await subscribe({ [one]: start, [two]: 300 }) });
      if (start === 0) await eventually(async () => (await change(one, 1)) > 500);
    }
    await Promise.all(subscribed.map(({ subscription }) => subscription.untilActive()));
    const [lastOfOne = 0, lastOfTwo = 0] = await stop();

    for (const { start, subscription } of subscribed) {
      await eventually(() => subscription.sequences(one).at(-1) === lastOfOne, { timeoutMs: 30_000 });
      await eventually(() => subscription.sequences(two).at(-1) === lastOfTwo, { timeoutMs: 30_000 });
      expect(subscription.sequences(one)).to.deep.equal(numbers(start, lastOfOne));
      expect(subscription.sequences(two)).to.deep.equal(numbers(300, lastOfTwo));
    }
  });

  it('loses nothing when relays die and are replaced on the way', async () => {
    const account = await prove();
    await change(account, 100);
    let isDead = false;
    const first = startRelay(async (events) => {
      if (isDead) await new Promise<void>(() => undefined);
      await publisher.publish(events);
    });
    await eventually(async () => (await waiting()) === 0);
    const stop = writeWithoutPause([account]);
    const subscribed = [await subscribe({ [account]: 0 })];

    isDead = true;
    relays.splice(relays.indexOf(first), 1);
    const second = startRelay();
    subscribed.push(await subscribe({ [account]: 50 }));
    await eventually(() => second.isLeading);
    subscribed.push(await subscribe({ [account]: 100 }));
    await second.stop();
    startRelay();
    for (const subscription of subscribed) await subscription.untilActive();
    const [last = 0] = await stop();

    for (const [index, subscription] of subscribed.entries()) {
      await eventually(() => subscription.sequences(account).at(-1) === last, { timeoutMs: 30_000 });
      expect(subscription.sequences(account)).to.deep.equal(numbers(index * 50, last));
    }
  });

  it('gives what the filter matches and nothing else, stored and live, with what is told of the account', async () => {
    const [account, other] = [await prove(), await prove()];
    const relay = startRelay();
    await change(account, 3, 'running');
    await change(account, 2, 'stopped');
    await change(other, 2, 'stopped');
    const news = (id: string) =>
      fixture.store.read.outbox.append([
        administrativeEntry({
          id: `${account}.${id}`,
          subject: 'token.revoked',
          scope: account,
          atMs: Date.now(),
          details: {},
        }),
      ]);
    await news('100');
    await eventually(async () => (await waiting()) === 0);
    const subscription = await subscribe({ [account]: 1 }, { states: ['stopped'], administration: true });
    await subscription.untilActive();
    await change(other, 1, 'stopped');
    await change(account, 1, 'running');
    await change(account, 1, 'stopped');
    await news('101');
    await eventually(() => subscription.sequences(account).includes(101));

    expect(new Set(subscription.received)).to.deep.equal(
      new Set([4, 5, 100, 7, 101].map((number) => `${account}.${number}`)),
    );
    expect(relay.isHealthy).to.equal(true);
  });

  it('gives what shows up late behind its cursor, and nothing from before its start', async () => {
    const account = await prove();
    const news = (id: number) =>
      administrativeEntry({
        id: `${account}.${id}`,
        subject: 'token.revoked',
        scope: account,
        atMs: Date.now(),
        details: {},
      });
    await fixture.store.read.outbox.append([news(900)]);
    await change(account, 1);
    startRelay();
    await eventually(async () => (await waiting()) === 0);
    const { outbox, subscriptions } = fixture.store.read;
    const late = numbers(900, 1_500);
    // Their ids are lower than those of changes that are seen before them.
    await fixture.store.inTransaction(async (tx) => {
      await tx.outbox.append(late.map(news));
      await change(account, 3);
    });
    await eventually(async () => (await waiting()) === 0);
    const subscription = await subscribe({ [account]: 1 }, { administration: true }, { joins: false });
    const last = (await outbox.listStored([{ accountId: account, afterId: 0 }], 1_000)).at(-1)?.outboxId ?? 0;
    await subscriptions.moveReplayed(subscription.id, [{ accountId: account, replayedTo: last }]);
    await subscription.untilActive();
    await change(account, 1);
    await eventually(() => subscription.sequences(account).includes(5));

    expect(subscription.sequences(account)).to.deep.equal([...late, 5]);
  });

  it('waits until the relay has published what was before its start', async () => {
    const account = await prove();
    await change(account, 3);
    const subscription = await subscribe({ [account]: 3 });
    const lease = { renew: () => Promise.resolve(true), isHeld: () => true };
    const { store } = fixture;

    expect(await joinSubscriptions({ store, queues, lease, log: silentLog })).to.equal(true);
    expect(await subscription.state()).to.equal('joining');
    startRelay();
    await subscription.untilActive();
    await change(account, 1);
    await eventually(() => subscription.received.length > 0);
    expect(subscription.sequences(account)).to.deep.equal([4]);
  });

  it('sends back to the replay what the broker refuses: events of others do not wait while it is tried', async () => {
    const account = await prove();
    await change(account, 3);
    await fixture.store.read.outbox.markPublished(
      (await fixture.store.read.outbox.listWaiting(10)).map(({ outboxId }) => outboxId),
    );
    const [refused, joined] = [await subscribe({ [account]: 0 }), await subscribe({ [account]: 0 })];
    const put: SubscriptionQueues['put'] = (queue, events) =>
      queue === refused.queue ? Promise.reject(new Error('not confirmed')) : queues.put(queue, events);
    const lease = { renew: () => Promise.resolve(true), isHeld: () => true };
    const deps = { store: fixture.store, queues: { ...queues, put }, lease, log: silentLog };

    expect(await joinSubscriptions(deps)).to.equal(false);
    expect([await refused.state(), await joined.state()]).to.deep.equal(['replaying', 'active']);
    expect(await joinSubscriptions(deps)).to.equal(true);
  });

  it('sends back to the replay what has much before it, and goes on from there', async () => {
    const account = await prove();
    for (let written = 0; written < 2600; written += 650) await change(account, 650);
    startRelay();
    await eventually(async () => (await waiting()) === 0, { timeoutMs: 30_000 });
    const subscription = await subscribe({ [account]: 0 });

    await eventually(async () => (await subscription.state()) === 'replaying');
    await subscription.untilActive();
    await eventually(() => subscription.sequences(account).length === 2600);
    expect(subscription.received).to.deep.equal(numbers(0, 2600).map((number) => `${account}.${number}`));
  });

  it('binds nothing that was withdrawn meanwhile', async () => {
    const [kept, gone] = [await prove(), await prove()];
    const { subscriptions } = fixture.store.read;
    const subscription = await subscribe({ [kept]: 0, [gone]: 0 });
    const markWhileBinding: SubscriptionQueues['bind'] = async (queue, keys) => {
      await queues.bind(queue, keys);
      await subscriptions.markUnbound(subscription.id, { accountId: gone, lostFrom: 0 });
    };
    const lease = { renew: () => Promise.resolve(true), isHeld: () => true };
    const isDone = await joinSubscriptions({
      store: fixture.store,
      queues: { ...queues, bind: markWhileBinding },
      lease,
      log: silentLog,
    });
    startRelay();
    await change(gone, 2);
    await change(kept, 2);
    await eventually(() => subscription.received.length === 2);

    expect(isDone).to.equal(true);
    expect(await subscription.state()).to.equal('active');
    expect(subscription.received).to.deep.equal([`${kept}.1`, `${kept}.2`]);
  });

  it('takes its binding back when another relay may have taken over', async () => {
    const account = await prove();
    const subscription = await subscribe({ [account]: 0 });
    let looks = 0;
    const lease = { renew: () => Promise.resolve(true), isHeld: () => looks++ === 0 };
    await joinSubscriptions({ store: fixture.store, queues, lease, log: silentLog });

    expect(looks).to.equal(2);
    expect(await subscription.state()).to.equal('joining');
    await publisher.publish([entry(account, 1, 'running')]);
    startRelay();
    await subscription.untilActive();
    await change(account, 1);
    await eventually(() => subscription.received.length === 1);
  });
});
