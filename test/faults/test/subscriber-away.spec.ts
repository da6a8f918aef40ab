import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { resourceEventSchema, subscriptionSchema } from '@cloud-gateway/contracts';
import { type PrivateBroker, startPrivateBroker } from '@cloud-gateway/embedded';
import {
  createTestDatabase,
  eventually,
  rememberSecret,
  serverStartTimeoutMs,
  type TestDatabase,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { servedBody } from '../src/api-client.ts';
import { createRandom } from '../src/property/random.ts';
import { startWorld, type World } from '../src/start-world.ts';
import { type AmqpSubscriber, startAmqpSubscriber } from '../src/subscribers/amqp-subscriber.ts';
import { type AccountCopy, createAccountCopy } from '../src/subscribers/copy-of-account.ts';
import { type ChangeWriters, startWriters } from '../src/subscribers/write-changes.ts';

type Subscription = ReturnType<typeof subscriptionSchema.parse>;

/** Stands for an hour of changes. */
const anHour = 1_200;
const delayedChanges = 60;
/** Where nobody polls: all that happens there is the test's. */
const quietRegion = 'eu-west-1';

describe('a subscriber', function () {
  this.timeout(serverStartTimeoutMs);
  const directory = mkdtempSync(join(tmpdir(), 'cloud-gateway-faults-'));
  let broker: PrivateBroker;
  let database: TestDatabase;
  let world: World;
  let writers: ChangeWriters;
  let allowed = 0;
  let token: string;
  let present: AmqpSubscriber[] = [];

  before(async () => {
    [database, broker] = await Promise.all([
      createTestDatabase(),
      startPrivateBroker({ directory, report: () => undefined }),
    ]);
    world = await startWorld({
      servers: { databaseUrl: database.url, amqpUrl: broker.amqpUrl },
      env: { GATEWAY_BROKER_AUTH_PORT: String(broker.authPort) },
    });
    await world.startAnother('subscriptions');
    const answers = await world.api.sendUntilServed({
      method: 'POST',
      path: '/v1/tokens',
      body: world.client,
    });
    token = servedBody<{ token: string }>(answers.at(-1)).token;
    rememberSecret(token);
    const scope = { cloud: 'ec2', account: world.account, region: quietRegion };
    writers = startWriters({ store: world.store, scopes: [scope], random: createRandom(1) });
  });
  afterEach(async () => {
    await Promise.all(present.map((one) => one.stop()));
    present = [];
  });
  after(async () => {
    try {
      await writers?.stop();
      await world?.events.discard();
      if (world) expect(await world.stop(), 'dead letters').to.equal(0);
    } finally {
      await broker?.broker.kill();
      await Promise.all([broker?.stop(), database?.drop()]);
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('that was away for an hour of changes has lost nothing', async () => {
    const subscription = await create({ kind: 'queue' });
    const copy = createAccountCopy(quietRegion);
    const before = consume(subscription, copy);
    await happen(100);
    await eventually(() => copy.changes() === 100);
    await before.stop();
    await happen(anHour);
    // More, when acknowledgements of the hundred were still under way: those come again.
    await eventually(async () => expect((await show(subscription)).lag?.ready).to.be.at.least(anHour), {
      message: 'All of it waits',
    });

    consume(subscription, copy);
    await eventually(() => copy.changes() === 100 + anHour, { message: 'All of it has come' });
    const { dropped, accounts, lag } = await show(subscription);
    expect(copy.notices).to.deep.equal([]);
    expect(dropped).to.deep.equal({ count: 0, lastAt: null });
    expect(accounts.map(({ account, syncFrom }) => ({ account, syncFrom }))).to.deep.equal([
      { account: world.account, syncFrom: null },
    ]);
    expect(lag?.consumers).to.equal(1);
    expect(copy.present()).to.deep.equal(await presentState());
  });

  it('that was away for longer than its queue holds is told so, and synchronises from where it is told', async () => {
    const lengthMax = 200;
    const subscription = await create({ kind: 'queue', lengthMax });
    const copy = await copyUntilNow();
    await happen(anHour);
    const { accounts, dropped } = await eventually(async () => {
      const shown = await show(subscription);
      // The notice takes a place too.
      return shown.dropped.count >= anHour - lengthMax && shown;
    });
    expect(dropped.count).to.be.at.most(anHour - lengthMax + 5);
    await expectToCatchUp(subscription, copy, accounts);
  });

  it('that was away for longer than its events are kept is told so, and synchronises from where it is told', async () => {
    const subscription = await create({ kind: 'queue', ageMaxSeconds: 10 });
    const copy = await copyUntilNow();
    await happen(anHour);
    const { accounts } = await eventually(
      async () => {
        const shown = await show(subscription);
        return shown.dropped.count >= anHour && shown;
      },
      { timeoutMs: 40_000, intervalMs: 200 },
    );
    await happen(100);
    await expectToCatchUp(subscription, copy, accounts);
  });

  it('that never acknowledges delays nobody else', async () => {
    const subscription = await create({ kind: 'queue' });
    const alone = await delays(subscription);
    const slow = await create({ kind: 'queue', lengthMax: 20 });
    const { connect } = slow;
    if (!connect) throw new Error('a queue has a way to connect');
    const sleeper = startAmqpSubscriber({ connect, token, acknowledges: false });
    present.push(sleeper);
    await eventually(() => sleeper.connections() > 0);
    await happen(connect.prefetch + 50);
    await eventually(async () => (await show(slow)).dropped.count > 0, { message: 'It is past its limit' });
    const beside = await delays(subscription);

    // Side by side in one run, and far from the seconds that waiting for somebody would take.
    expect(beside.median, `median, and ${alone.median} ms alone`).to.be.below(5 * alone.median + 100);
    expect(beside.p90, `90th percentile, and ${alone.p90} ms alone`).to.be.below(5 * alone.p90 + 200);
  });

  async function create(delivery: object): Promise<Subscription> {
    const answers = await world.api.sendUntilServed({
      method: 'POST',
      path: '/v1/subscriptions',
      idempotencyKey: `subscription-${Math.random()}`,
      body: { accounts: [world.account], regions: [quietRegion], delivery },
    });
    return subscriptionSchema.parse(servedBody(answers.at(-1)));
  }

  async function show({ id }: Subscription): Promise<Subscription> {
    const answers = await world.api.sendUntilServed({ method: 'GET', path: `/v1/subscriptions/${id}` });
    return subscriptionSchema.parse(servedBody(answers.at(-1)));
  }

  function consume({ connect }: Subscription, copy: AccountCopy): AmqpSubscriber {
    if (!connect) throw new Error('a queue has a way to connect');
    const subscriber = startAmqpSubscriber({ connect, token, onMessage: (message) => copy.take(message) });
    present.push(subscriber);
    return subscriber;
  }

  /** So many changes are written, and published. */
  async function happen(changes: number): Promise<void> {
    allowed += changes;
    writers.allow(allowed);
    await writers.untilWritten(allowed);
    await eventually(async () => (await world.store.read.outbox.backlog()).count === 0);
  }

  /** What a client has that synchronised before it went away. */
  async function copyUntilNow(): Promise<AccountCopy> {
    const copy = createAccountCopy(quietRegion);
    await copy.synchronise(world.api, world.account, 0);
    return copy;
  }

  async function presentState(): Promise<Record<string, string>> {
    return (await copyUntilNow()).present();
  }

  async function expectToCatchUp(
    subscription: Subscription,
    copy: AccountCopy,
    accounts: Subscription['accounts'],
  ): Promise<void> {
    consume(subscription, copy);
    const notice = await eventually(() => copy.notices[0], { message: 'The notice comes in its stream' });
    expect(notice).to.include({ subscriptionId: subscription.id });
    const [account] = accounts;
    expect(account?.syncFrom).to.be.a('number');
    expect(notice.accounts).to.deep.equal([{ account: world.account, syncFrom: account?.syncFrom }]);
    await eventually(async () => (await show(subscription)).lag?.ready === 0, { message: 'It has read all' });
    expect(copy.present(), 'without what was lost').to.not.deep.equal(await presentState());

    // In this order, so that what is dropped meanwhile is told anew.
    await world.api.sendUntilServed({ method: 'DELETE', path: `/v1/subscriptions/${subscription.id}/drops` });
    await copy.synchronise(world.api, world.account, account?.syncFrom ?? Number.NaN);
    expect(copy.present()).to.deep.equal(await presentState());
    const after = await show(subscription);
    expect(after.dropped.count).to.equal(0);
    expect(after.accounts.map(({ syncFrom }) => syncFrom)).to.deep.equal([null]);
  }

  /** From the beginning of a change's transaction to its event at a consumer, in milliseconds, under light load. */
  async function delays({ connect }: Subscription): Promise<{ median: number; p90: number }> {
    if (!connect) throw new Error('a queue has a way to connect');
    const found: number[] = [];
    let last = (await world.store.read.sequences.current(world.account)) ?? 0;
    let beganAtMs = 0;
    const subscriber = startAmqpSubscriber({
      connect,
      token,
      onMessage({ content }) {
        const { sequence } = resourceEventSchema.parse(JSON.parse(content.toString()));
        if (sequence === last) found.push(performance.now() - beganAtMs);
      },
    });
    present.push(subscriber);
    await eventually(() => subscriber.connections() > 0);
    for (let at = 1; at <= delayedChanges; at++) {
      last += 1;
      allowed += 1;
      beganAtMs = performance.now();
      writers.allow(allowed);
      await eventually(() => found.length === at, { intervalMs: 2 });
      await sleep(5);
    }
    await subscriber.stop();
    found.sort((one, other) => one - other);
    return {
      median: found[Math.floor(0.5 * delayedChanges)] ?? Number.NaN,
      p90: found[Math.floor(0.9 * delayedChanges)] ?? Number.NaN,
    };
  }
});
