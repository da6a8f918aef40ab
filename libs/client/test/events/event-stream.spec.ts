import { closeBrokerConnections, eventually, testServers } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import {
  createGatewayClient,
  type EventStream,
  type GatewayClient,
  type GatewayProblem,
} from '../../src/index.ts';
import { startWorld, type World } from '../start-world.ts';

describe('events()', function () {
  this.timeout(30_000);
  let world: World;
  let gateway: GatewayClient;
  const others: GatewayClient[] = [];

  before(async () => {
    world = await startWorld();
    gateway = createGatewayClient({ url: world.amqpUrl, ...world.credentials });
  });
  afterEach(async () => {
    await Promise.all(others.splice(0).map((client) => client.close()));
    await Promise.all(world.subscriptions.ids.map((id) => world.subscriptions.remove(id)));
  });
  after(async () => {
    await gateway.close();
    await world.stop();
  });

  it('subscribes, hands out what comes in this order, and unsubscribes at the end of the loop', async () => {
    const stream = gateway.events({ types: ['instance'] });
    const { id, filter } = await stream.ready();
    await world.subscriptions.put(id, ['a', 'b', 'c']);
    expect(await take(stream, 3)).to.deep.equal(['a', 'b', 'c']);
    expect(filter.types).to.deep.equal(['instance']);
    expect(world.subscriptions.ids).to.deep.equal([]);
  });

  it('hands out an event once, however often it comes', async () => {
    const stream = gateway.events();
    const { id } = await stream.ready();
    await world.subscriptions.put(id, ['a', 'a', 'b', 'a', 'c']);
    expect(await take(stream, 3)).to.deep.equal(['a', 'b', 'c']);
  });

  it('acknowledges an event when the next one is asked for', async () => {
    const stream = gateway.events({ keep: true });
    const { id } = await stream.ready();
    await world.subscriptions.put(id, ['a', 'b', 'c']);
    expect(await take(stream, 2)).to.deep.equal(['a', 'b']);
    const again = gateway.events({ subscriptionId: id });
    expect(await take(again, 2), 'the last one of the first loop, and what had come ahead').to.deep.equal([
      'b',
      'c',
    ]);
    await world.subscriptions.remove(id);
  });

  it('keeps a subscription that is to be kept, and one that was there before', async () => {
    const first = gateway.events({ keep: true });
    const { id } = await first.ready();
    await first.return();
    const second = gateway.events({ subscriptionId: id });
    await second.ready();
    await second.return();
    expect(world.subscriptions.ids).to.deep.equal([id]);
    await world.subscriptions.remove(id);
  });

  it('comes back after a broken connection; what is in hand is not handed out again', async () => {
    const reasons: unknown[] = [];
    const stream = gateway.events({ onDisconnect: (reason) => reasons.push(reason) });
    const { id } = await stream.ready();
    await world.subscriptions.put(id, ['a', 'b', 'c']);
    const first = await stream.next();
    await closeBrokerConnections(world.virtualHost);
    await eventually(() => reasons.length > 0);
    expect(reasons[0], 'what the broker said').to.have.property('code', 320);
    await eventually(() => world.subscriptions.put(id, ['d']).then(() => true));
    expect([first.value?.id, ...(await take(stream, 3))]).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('ends without an error when its signal says so, and unsubscribes', async () => {
    const controller = new AbortController();
    const stream = gateway.events({ signal: controller.signal });
    await stream.ready();
    const next = stream.next();
    controller.abort();
    expect(await next).to.deep.equal({ done: true, value: undefined });
    expect(world.subscriptions.ids).to.deep.equal([]);
    const never = gateway.events({ signal: controller.signal });
    expect(await never.next()).to.deep.equal({ done: true, value: undefined });
  });

  it('ends with an error when the subscription was ended elsewhere', async () => {
    const stream = gateway.events();
    const { id } = await stream.ready();
    const next = stream.next();
    await world.subscriptions.remove(id);
    const problem = await refusal(next);
    expect(problem).to.include({ code: 'not-found', message: `There is no subscription ${id}.` });
    expect(await stream.next(), 'after that').to.deep.equal({ done: true, value: undefined });
  });

  it('ends with the problem of a subscription that is not made', async () => {
    const problem = await refusal(gateway.events({ subscriptionId: 'sub_none' }).next());
    expect(problem.code).to.equal('not-found');
    const notReady = gateway.events({ subscriptionId: 'sub_none' });
    await refusal(notReady.ready());
    await notReady.return();
  });

  it('acknowledges in turns when several ask at once', async () => {
    const stream = gateway.events({ keep: true });
    const { id, connect } = await stream.ready();
    await world.subscriptions.put(id, ['a', 'b', 'c']);
    const results = await Promise.all([stream.next(), stream.next(), stream.next()]);
    expect(results.map(({ value }) => value?.id)).to.deep.equal(['a', 'b', 'c']);
    await stream.return();
    await eventually(async () => (await world.subscriptions.waiting(connect?.queue ?? '')) === 1);
    await world.subscriptions.remove(id);
  });

  it('acknowledges all that was handled, also just before its end', async () => {
    const stream = gateway.events({ keep: true });
    const { id, connect } = await stream.ready();
    const ids = Array.from({ length: 200 }, (_, number) => String(number));
    await world.subscriptions.put(id, ids);
    expect(await take(stream, 200)).to.deep.equal(ids);
    // The last one was handed out and never done with.
    await eventually(async () => (await world.subscriptions.waiting(connect?.queue ?? '')) === 1);
    await world.subscriptions.remove(id);
  });

  it('hands out what a later version has added, all of it', async () => {
    const later = {
      schemaVersion: '1.2',
      id: 'later',
      subject: 'bucket.sealed',
      scope: 'org_1',
      at: new Date(0).toISOString(),
      details: { bucket: 'b' },
      addedLater: { any: 'thing' },
    };
    const stream = gateway.events();
    const { id } = await stream.ready();
    await world.subscriptions.putRaw(id, JSON.stringify(later));
    expect((await stream.next()).value).to.deep.equal(later);
    await stream.return();
  });

  it('puts aside what is no event', async () => {
    const stream = gateway.events();
    const { id, connect } = await stream.ready();
    await world.subscriptions.putRaw(id, 'this is no JSON');
    await world.subscriptions.putRaw(id, '{"id":"that is no event"}');
    await world.subscriptions.put(id, ['a']);
    expect(await take(stream, 1, { keepOpen: true })).to.deep.equal(['a']);
    await eventually(async () => (await world.subscriptions.waiting(connect?.deadLetterQueue ?? '')) === 2);
    await stream.return();
  });

  it('passes over what is no event in a stream', async () => {
    const reasons: unknown[] = [];
    const stream = gateway.events({
      delivery: { kind: 'stream' },
      onDisconnect: (reason) => reasons.push(reason),
    });
    const { id } = await stream.ready();
    await world.subscriptions.putRaw(id, 'this is no JSON');
    await world.subscriptions.put(id, ['a']);
    expect(await take(stream, 1)).to.deep.equal(['a']);
    expect(reasons).to.deep.equal([]);
  });

  it('goes through a stream from its beginning, goes on after a break, and begins elsewhere when told to', async () => {
    const stream = gateway.events({ delivery: { kind: 'stream' }, keep: true });
    const { id } = await stream.ready();
    await world.subscriptions.put(id, ['a', 'b', 'c']);
    expect(await take(stream, 2, { keepOpen: true })).to.deep.equal(['a', 'b']);
    expect(stream.lastOffset()).to.equal(1);
    await closeBrokerConnections(world.virtualHost);
    await eventually(() => world.subscriptions.put(id, ['d']).then(() => true));
    expect(await take(stream, 2)).to.deep.equal(['c', 'd']);

    expect(await take(gateway.events({ subscriptionId: id }), 4), 'all').to.deep.equal(['a', 'b', 'c', 'd']);
    expect(await take(gateway.events({ subscriptionId: id, offset: 2 }), 2)).to.deep.equal(['c', 'd']);
    await world.subscriptions.remove(id);
  });

  it('finds the broker by what the subscription says, when the calls go over HTTP', async () => {
    await world.letClientIn();
    const overHttp = open({ url: world.httpUrl, ...world.credentials });
    const stream = overHttp.events();
    const { id } = await stream.ready();
    await world.subscriptions.put(id, ['a']);
    expect(await take(stream, 1)).to.deep.equal(['a']);
  });

  it('fails when the broker goes on refusing it', async () => {
    await world.letClientIn('another password');
    const { token } = await gateway.call('token-create', { body: world.credentials });
    await world.letClientIn('another password');
    const overHttp = open({ url: world.httpUrl, token });
    const problem = await refusal(overHttp.events().next());
    expect(problem.message).to.match(/^The broker refuses cli_/);
    expect(world.subscriptions.ids, 'and leaves no subscription').to.deep.equal([]);
  });

  it('ends where no waiting helps: a certificate that nobody trusts', async function () {
    const { amqpsUrl } = await testServers();
    if (!amqpsUrl) return this.skip();
    const stranger = open({ url: world.httpUrl, ...world.credentials, brokerUrl: amqpsUrl });
    const problem = await refusal(stranger.events().next());
    expect(problem.message).to.match(/^The broker cannot be reached: .*certificate/);
    expect(world.subscriptions.ids).to.deep.equal([]);
  });

  it('ends with its client', async () => {
    const client = open({ url: world.amqpUrl, ...world.credentials });
    const stream = client.events();
    await stream.ready();
    const next = stream.next();
    await client.close();
    expect(await next).to.deep.equal({ done: true, value: undefined });
    expect(world.subscriptions.ids).to.deep.equal([]);
  });

  function open(options: Parameters<typeof createGatewayClient>[0]): GatewayClient {
    const client = createGatewayClient(options);
    others.push(client);
    return client;
  }
});

/** Ids of the next events. */
async function take(
  stream: EventStream,
  count: number,
  { keepOpen = false }: { keepOpen?: boolean } = {},
): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const { value, done } = await stream.next();
    if (done) throw new Error(`It ended after ${ids.join(', ')}`);
    ids.push(value.id);
  }
  if (!keepOpen) await stream.return();
  return ids;
}

async function refusal(promise: Promise<unknown>): Promise<GatewayProblem> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.have.property('name', 'GatewayProblem');
  return error as GatewayProblem;
}
