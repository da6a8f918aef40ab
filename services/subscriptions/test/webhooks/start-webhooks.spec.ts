import { createHmac } from 'node:crypto';
import { topology } from '@cloud-gateway/contracts';
import { closeBrokerConnections, eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Answer, type ReceivedPost, type Receiver, startReceiver, takeIt } from './receiver.ts';
import { openWebhookWorld, type WebhookWorld } from './webhook-world.ts';

describe('startWebhooks', function () {
  this.timeout(serverStartTimeoutMs);
  let world: WebhookWorld;
  let receiver: Receiver;
  const others: Receiver[] = [];
  before(async () => {
    world = await openWebhookWorld();
  });
  after(() => world?.close());
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    await Promise.all(others.splice(0).map((other) => other.close()));
    await world.reset();
  });

  const refuse: Answer = (_post, response) => {
    response.writeHead(500).end();
  };
  const taken = () => [...new Set(receiver.taken())];
  const allTaken = (ids: readonly string[]) =>
    eventually(() => ids.every((id) => receiver.taken().includes(id)));
  const deadLetters = (id: string) => world.store.read.webhookDeadLetters.list(id, { limit: 1_000 });
  const waiting = async (id: string) => (await world.queues.inspect(topology.webhookQueue(id)))?.ready;

  /** The ids of an account's first deliveries, in the order in which they were taken. */
  function inOrderTaken(account: string): string[] {
    const ofAccount = new Set(receiver.posts.filter((post) => post.account === account).map(({ id }) => id));
    return taken().filter((id) => ofAccount.has(id));
  }

  function expectSigned({ headers, body, id }: ReceivedPost, secret: string): void {
    const timestamp = String(headers['webhook-timestamp']);
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    expect(headers['webhook-signature']).to.equal(`v1,${mac}`);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).to.be.lessThan(300);
  }

  it('posts each event once, signed, in the order of its account, accounts side by side', async () => {
    const { id, secret } = await world.subscribe(receiver.url);
    const accounts = ['a', 'b', 'c', 'd', 'e'].flatMap((account) => Array<string>(20).fill(account));
    const ids = await world.put(id, accounts);
    receiver.answer = async (post, response) => {
      // Nobody is answered before three are under way, as long as there are three accounts left.
      if (receiver.posts.length < 20) await eventually(() => receiver.mostAtOnce.all >= 3);
      takeIt(post, response);
    };
    const { metrics } = await world.start({ parallel: 3, window: 100 });

    await allTaken(ids);
    expect(receiver.posts).to.have.length(100);
    expect(receiver.mostAtOnce).to.deep.equal({ account: 1, all: 3 });
    for (const [index, account] of ['a', 'b', 'c', 'd', 'e'].entries())
      expect(inOrderTaken(account)).to.deep.equal(ids.slice(index * 20, index * 20 + 20));
    for (const post of receiver.posts) expectSigned(post, secret);
    const [first] = receiver.posts;
    expect(first?.headers).to.include({
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': first?.id,
      'ce-type': 'com.cloud-gateway.instance.state',
      'ce-source': '/v1/clouds/ec2',
    });
    expect(JSON.parse(first?.body ?? '')).to.include({ id: first?.id, name: 'Zoë' });
    const counted = 'gateway_webhook_deliveries_total{outcome="delivered",service="test"} 100';
    await eventually(async () => (await metrics.render()).body.includes(counted));
    await eventually(async () => (await waiting(id)) === 0);
  });

  it('posts again until it is taken, with the same id and a signature for each time', async () => {
    const { id, secret } = await world.subscribe(receiver.url);
    const statuses = [500, 302, 404];
    receiver.answer = (_post, response, socket) => {
      const status = statuses.shift();
      if (status !== undefined) response.writeHead(status, { location: receiver.url }).end();
      else if (receiver.posts.length === 4) socket.destroy();
      else response.writeHead(200).end();
    };
    const [event] = await world.put(id, ['a']);
    await world.start();

    await eventually(() => taken().length === 1);
    expect(receiver.posts.map((post) => post.id)).to.deep.equal(Array(5).fill(event));
    for (const post of receiver.posts) expectSigned(post, secret);
    expect(await deadLetters(id)).to.deep.equal([]);
  });

  it('lists what is never taken as dead letter; the account goes on, others never waited', async () => {
    const { id } = await world.subscribe(receiver.url);
    const [bad = '', ...rest] = await world.put(id, ['a', 'b', 'b', 'a', 'b']);
    const [lastOfB = ''] = rest.slice(-1);
    receiver.answer = async (post, response) => {
      // It is not refused before the other account is through.
      if (post.id === bad) await eventually(() => receiver.taken().includes(lastOfB));
      response.writeHead(post.id === bad ? 422 : 200).end();
    };
    const { metrics } = await world.start({ retry: { attemptsMax: 4 } });

    await allTaken(rest);
    const [letter, ...more] = await deadLetters(id);
    expect(more).to.deep.equal([]);
    expect(letter).to.include({ attempts: 4, subscriptionId: id, lastStatus: 422 });
    expect(letter?.event).to.deep.include({ id: bad, subject: `i-${Number(bad.slice(4))}` });
    expect(letter?.lastError).to.equal('it was answered with 422');
    expect(inOrderTaken('a')).to.deep.equal([rest[2]]);
    expect((await metrics.render()).body).to.match(/gateway_webhook_dead_letters_total\{.*\} 1/);

    receiver.answer = takeIt;
    if (letter) await world.queues.put(topology.webhookQueue(id), [letter.event]);
    await allTaken([bad]);
  });

  it('keeps an event that cannot be listed as dead letter, and does not post it meanwhile', async () => {
    const { id } = await world.subscribe(receiver.url);
    receiver.answer = refuse;
    const { webhookDeadLetters } = world.store.read;
    let failures = 1;
    const store = {
      read: {
        ...world.store.read,
        webhookDeadLetters: {
          ...webhookDeadLetters,
          async add(letter: Parameters<typeof webhookDeadLetters.add>[0]) {
            if (failures-- > 0) throw new Error('the store is away');
            await webhookDeadLetters.add(letter);
          },
        },
      },
    };
    await world.put(id, ['a']);
    await world.start({ retry: { attemptsMax: 2 } }, { store });

    await eventually(async () => (await deadLetters(id)).length === 1);
    expect(receiver.posts).to.have.length(2);
  });

  it('waits as long as Retry-After says, with all accounts when it was 429', async () => {
    const { id } = await world.subscribe(receiver.url);
    let refusedAtMs = Number.POSITIVE_INFINITY;
    receiver.answer = (post, response) => {
      if (receiver.posts.length > 1) return takeIt(post, response);
      refusedAtMs = performance.now();
      response.writeHead(429, { 'retry-after': '1' }).end();
    };
    const ids = await world.put(id, ['a', 'b', 'c']);
    await world.start({ parallel: 1 });

    await allTaken(ids);
    for (const { atMs } of receiver.posts.slice(1)) expect(atMs - refusedAtMs).to.be.greaterThan(990);
  });

  it('posts nothing for a while to a receiver that is gone, and keeps the events', async () => {
    const { id } = await world.subscribe(receiver.url);
    receiver.answer = (_post, response) => {
      response.writeHead(410).end();
    };
    await world.put(id, ['a', 'b']);
    const { metrics, stop } = await world.start({ parallel: 1 });
    await eventually(async () => (await metrics.render()).body.includes('outcome="gone"'));
    const another = await world.subscribe(receiver.url.replace('hook', 'other'));
    await world.put(another.id, ['a']);
    await eventually(() => receiver.posts.some((post) => post.path === '/other'));

    expect(receiver.posts.filter((post) => post.path === '/hook')).to.have.length(1);
    await stop();
    await eventually(async () => (await waiting(id)) === 2);
    expect(await deadLetters(id)).to.deep.equal([]);
  });

  it('lets nobody wait for a receiver that hangs', async () => {
    const hanging = await startReceiver();
    others.push(hanging);
    hanging.answer = () => undefined;
    const stuck = await world.subscribe(hanging.url, { timeoutSeconds: 1 });
    const fine = await world.subscribe(receiver.url);
    const { metrics } = await world.start();
    await world.put(stuck.id, ['a', 'b']);
    await eventually(() => hanging.posts.length === 2);

    const ids = await world.put(fine.id, ['a', 'a', 'b']);
    await allTaken(ids);
    await eventually(async () => (await metrics.render()).body.includes('outcome="timeout"'));
    hanging.answer = takeIt;
    await eventually(() => new Set(hanging.taken()).size === 2);
  });

  it('does not let one account that fails fill the window: it gives way to those that do not', async () => {
    const { id } = await world.subscribe(receiver.url);
    receiver.answer = (post, response) => {
      response.writeHead(post.account === 'bad' ? 500 : 200).end();
    };
    const ids = await world.put(id, Array.from({ length: 40 }, () => ['bad', 'good']).flat());
    const anHour = 3_600_000;
    const retry = { backoffBaseMs: anHour, backoffMaxMs: anHour, retryForMs: 10 * anHour };
    await world.start({ window: 10, retry });

    await allTaken(ids.filter((_, index) => index % 2 === 1));
    const bad = ids.filter((_, index) => index % 2 === 0);
    const letters = await deadLetters(id);
    expect(letters.length).to.be.greaterThan(20);
    expect(letters.map(({ event }) => event.id)).to.deep.equal(bad.slice(0, letters.length));
  });

  it('gives nothing up of an account that has failed for a moment only, however full the window is', async () => {
    const { id } = await world.subscribe(receiver.url);
    receiver.answer = (post, response) => {
      const posts = receiver.posts.filter((one) => one.id === post.id).length;
      response.writeHead(post.account === 'bad' && posts < 4 ? 503 : 200).end();
    };
    const ids = await world.put(id, Array.from({ length: 20 }, () => ['bad', 'bad', 'bad', 'good']).flat());
    await world.start({ window: 10, patienceMs: 3_600_000 });

    await allTaken(ids);
    expect(await deadLetters(id)).to.deep.equal([]);
  });

  it('gives nothing up so while the receiver is down for all', async () => {
    const { id } = await world.subscribe(receiver.url);
    receiver.answer = refuse;
    const ids = await world.put(id, ['a', 'b', ...Array<string>(30).fill('a')]);
    await world.start({ window: 10 });
    await eventually(() => receiver.posts.length > 30);

    expect(await deadLetters(id)).to.deep.equal([]);
    receiver.answer = takeIt;
    await allTaken(ids);
    expect(inOrderTaken('a')).to.deep.equal(ids.filter((_, index) => index !== 1));
  });

  it('goes on where it stopped: what was not taken comes again, what was does not', async () => {
    const { id } = await world.subscribe(receiver.url);
    const ids = await world.put(id, Array<string>(30).fill('a'));
    receiver.answer = (post, response) => {
      if (receiver.taken().length < 10) takeIt(post, response);
    };
    const first = await world.start();
    await eventually(() => receiver.posts.length === 11);
    receiver.answer = takeIt;
    await first.stop();
    await world.start();
    await allTaken(ids);

    expect(receiver.taken()).to.deep.equal(ids);
    expect(receiver.posts).to.have.length(31);
  });

  it('keeps the order with two processes, one of them killed, and the broker cutting connections', async () => {
    const { id } = await world.subscribe(receiver.url);
    const first = await world.start();
    await world.start();
    const ids = await world.put(id, Array.from({ length: 60 }, () => ['a', 'b']).flat());
    await eventually(() => taken().length > 20);
    await first.kill();
    await eventually(() => taken().length > 60);
    await closeBrokerConnections(world.virtualHost);
    await allTaken(ids);

    for (const [index, account] of ['a', 'b'].entries())
      expect(inOrderTaken(account)).to.deep.equal(ids.filter((_, at) => at % 2 === index));
    expect(receiver.mostAtOnce.account).to.be.at.most(2); // of the dead and of the living
  });

  it('does not post again what was taken while the broker was away', async () => {
    const { id } = await world.subscribe(receiver.url);
    let answerFirst: () => void = () => undefined;
    receiver.answer = (post, response) => {
      if (receiver.posts.length > 1) takeIt(post, response);
      else answerFirst = () => takeIt(post, response);
    };
    const ids = await world.put(id, ['a', 'a']);
    const { stop } = await world.start();
    await eventually(() => receiver.posts.length === 1);
    await closeBrokerConnections(world.virtualHost);
    await eventually(async () => {
      const state = await world.queues.inspect(topology.webhookQueue(id));
      return state?.consumers === 1 && state.ready === 0;
    });
    answerFirst();
    await allTaken(ids);
    await stop();

    expect(receiver.posts.map((post) => post.id)).to.deep.equal(ids);
    expect(await waiting(id)).to.equal(0);
  });

  it('gives events that it has held for too long to whoever is next', async () => {
    const { id } = await world.subscribe(receiver.url);
    receiver.answer = refuse;
    await world.put(id, ['a']);
    await world.start({ holdMaxMs: 20 });
    await eventually(() => receiver.posts.length > 0);
    const { metrics } = await world.start();

    await eventually(async () => (await metrics.render()).body.includes('outcome="failed"'));
  });

  it('does not hold events for longer than the broker bears, and goes on counting attempts', async () => {
    const { id } = await world.subscribe(receiver.url);
    receiver.answer = refuse;
    const ids = await world.put(id, ['a', 'a', 'a']);
    await world.start({ holdMaxMs: 50, retry: { attemptsMax: 30, backoffBaseMs: 20, backoffMaxMs: 20 } });

    await eventually(async () => (await deadLetters(id)).length === 1);
    receiver.answer = takeIt;
    await allTaken(ids.slice(1));
    const [letter] = await deadLetters(id);
    expect(letter).to.include({ attempts: 30 });
    expect(receiver.posts.filter((post) => post.id === ids[0])).to.have.length(30);
    expect(inOrderTaken('a')).to.deep.equal(ids.slice(1));
  });

  it('begins with a subscription when it is made, also before its queue is, and ends with it', async () => {
    const process = await world.start({ scanMs: 3_600_000 });
    const { id } = await world.subscribe(receiver.url, { declared: false });
    const other = await world.subscribe(receiver.url);
    process.webhooks.refresh();
    const [early = ''] = await world.put(other.id, ['a']);
    await allTaken([early]);

    await world.declareQueue(id);
    const [late = ''] = await world.put(id, ['a']);
    await eventually(() => {
      process.webhooks.refresh();
      return receiver.taken().includes(late);
    });
    expect(process.webhooks.isHealthy()).to.equal(true);

    await world.store.read.subscriptions.end(id, new Date());
    process.webhooks.refresh();
    await eventually(async () => (await world.queues.inspect(topology.webhookQueue(id)))?.consumers === 0);
    await world.queues.remove(topology.webhookQueue(id));
    await closeBrokerConnections(world.virtualHost);
    const again = await eventually(() => world.put(other.id, ['a']));
    await allTaken(again);
  });
});
