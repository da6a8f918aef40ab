import {
  subscriptionCreateRoute,
  subscriptionDropsClearRoute,
  subscriptionShowRoute,
} from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startDropNotices } from '../../src/drops/drop-notices.ts';
import { subscriptionCreate } from '../../src/handlers/subscription-create.ts';
import type { SubscriptionBody } from '../../src/subscription-body.ts';
import { startWorld, type TestClient, type World } from '../start-world.ts';

describe('dropped events', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const queueOf = ({ connect }: SubscriptionBody) => connect?.queue ?? '';
  const asked = ({ token }: TestClient, { id }: { id: string }) => ({ token, params: { subscription: id } });
  const show = (client: TestClient, made: { id: string }) =>
    world.ask(subscriptionShowRoute, asked(client, made));

  async function subscribe(account: string, delivery: object) {
    const client = await world.createClient();
    await world.prove(client, account);
    await world.change(account, 10);
    await world.relay();
    const body = subscriptionCreateRoute.body.parse({});
    // By the handler itself: nobody wants to wait for the ten seconds that the route's schema asks for.
    const { handle } = subscriptionCreate(world.handlerDeps);
    const answer = await handle(
      repeatedRequest(
        { clientId: client.id },
        { body: { ...body, delivery: { ...body.delivery, ...delivery } } },
      )(1),
    );
    return { client, made: answer.body as SubscriptionBody };
  }

  it('are counted when more wait than may, and the subscriber is told where to synchronise from', async () => {
    const { client, made } = await subscribe('ec2-drop-1', { lengthMax: 5 });
    await world.change('ec2-drop-1', 12);
    await world.relay();

    // Seven for want of room, and one more for the notice.
    await eventually(async () => (await show(client, made)).dropped.count === 8);
    const shown = await show(client, made);
    expect(shown.dropped.lastAt).to.be.a('string');
    expect(shown.accounts).to.deep.equal([
      { account: 'ec2-drop-1', bound: true, sequence: 10, syncFrom: 10 },
    ]);
    const messages = await world.drain(queueOf(made));
    expect(messages.map(({ sequence }) => sequence)).to.deep.equal([19, 20, 21, 22, undefined]);
    const notice = messages.at(-1)?.payload;
    expect(notice).to.deep.include({ subject: 'subscription.dropped', scope: 'ec2-drop-1' });
    expect(notice?.['details']).to.deep.include({
      subscriptionId: made.id,
      accounts: [{ account: 'ec2-drop-1', syncFrom: 10 }],
    });
    const { body } = await world.metrics.render();
    expect(body).to.match(/gateway_subscription_dropped_total\{.*reason="maxlen".*\} [1-9]/);

    const cleared = await world.ask(subscriptionDropsClearRoute, asked(client, made));
    expect(cleared.dropped).to.deep.equal({ count: 0, lastAt: null });
    expect(cleared.accounts[0]?.syncFrom).to.equal(null);
    await world.change('ec2-drop-1', 6);
    await world.relay();
    await eventually(async () => (await show(client, made)).accounts[0]?.syncFrom === 22);
  });

  it('are counted when they have waited too long', async () => {
    const { made } = await subscribe('ec2-drop-2', { ageMaxSeconds: 1 });
    await world.change('ec2-drop-2', 3);
    await world.relay();
    const stored = await eventually(async () => {
      const found = await world.store.read.subscriptions.find(made.id);
      return found?.dropped.count === 3 && found;
    });
    expect(stored.accounts[0]?.lostFrom).to.equal(10);
    const [notice] = await eventually(async () => {
      const messages = await world.drain(queueOf(made));
      return messages.length > 0 && messages;
    });
    expect(notice?.subject).to.equal('subscription.dropped');
  });

  it('are the business of the subscriber when it rejects them itself', async () => {
    const { client, made } = await subscribe('ec2-drop-3', {});
    await world.change('ec2-drop-3', 1);
    await world.relay();
    const channel = await world.channel();
    const message = await eventually(async () => (await channel.get(queueOf(made))) || undefined);
    channel.nack(message, false, false);
    const { connect } = made;
    await eventually(async () => (await world.queues.inspect(connect?.deadLetterQueue ?? ''))?.ready === 1);
    await eventually(async () => /reason="rejected".*\} 1/.test((await world.metrics.render()).body));
    expect((await show(client, made)).dropped.count).to.equal(0);
  });

  it('are told when the process that was to tell it ends before it was time', async () => {
    const { made } = await subscribe('ec2-drop-5', {});
    const { store, queues, log, clock } = world;
    const notices = startDropNotices({ store, queues, log, clock, everyMs: 3_600_000 });
    const accounts = [{ accountId: 'ec2-drop-5', lowestSequence: 4 }];
    await store.read.subscriptions.noteDropped(made.id, { count: 1, lastAt: new Date(), accounts });
    notices.noteLost(made.id, { count: 1, lowest: new Map([['ec2-drop-5', 4]]) });
    await notices.stop();
    expect((await world.drain(queueOf(made))).map(({ subject }) => subject)).to.deep.equal([
      'subscription.dropped',
    ]);
    expect((await store.read.subscriptions.find(made.id))?.noticeDue).to.equal(false);
  });

  it('are told again when the queue has dropped the notice, and when the last one is long ago', async () => {
    const { made } = await subscribe('ec2-drop-4', {});
    const { store, queues, log, clock } = world;
    const notices = startDropNotices({ store, queues, log, clock, repeatMs: 600, everyMs: 5 });
    try {
      const lowest = new Map([['ec2-drop-4', 4]]);
      const accounts = [{ accountId: 'ec2-drop-4', lowestSequence: 4 }];
      await store.read.subscriptions.noteDropped(made.id, { count: 1, lastAt: new Date(), accounts });
      const next = () =>
        eventually(async () => {
          const [notice, ...others] = await world.drain(queueOf(made));
          expect(others).to.deep.equal([]);
          return notice;
        });
      notices.noteLost(made.id, { count: 1, lowest });
      const first = await next();
      notices.noteNoticeLost(made.id, 'evt_of_long_ago');
      notices.noteNoticeLost(made.id, first.id);
      const second = await next();
      expect(second.id).not.to.equal(first.id);
      // The same account again: later, all together.
      notices.noteLost(made.id, { count: 2, lowest: new Map([['ec2-drop-4', 9]]) });
      notices.noteLost(made.id, { count: 3, lowest: new Map([['ec2-drop-4', 12]]) });
      const third = await next();
      expect(third.payload['details']).to.deep.include({ dropped: 5 });
    } finally {
      await notices.stop();
    }
  });
});
