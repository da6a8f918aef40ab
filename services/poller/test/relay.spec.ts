import type { OutgoingEvent } from '@cloud-gateway/contracts';
import { connectBroker, createEventPublisher, subscribeEvents } from '@cloud-gateway/messaging';
import { administrativeEntry, type Store } from '@cloud-gateway/store';
import {
  closeBrokerConnections,
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
  silentLog,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { Relay, type RelaySettings } from '../src/relay.ts';
import { createPollerFixture, type PollerFixture } from './poller-fixture.ts';

const refuse = () => Promise.reject(new Error('no subscription joins here'));
const noQueues = { put: refuse, bind: refuse, unbind: refuse };

describe('Relay', function () {
  this.timeout(serverStartTimeoutMs);
  let fixture: PollerFixture;
  let published: string[];
  const relays: Relay[] = [];
  before(async () => {
    fixture = await createPollerFixture();
  });
  after(() => fixture.close());
  beforeEach(async () => {
    published = [];
    await fixture.reset();
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  });

  const collect = async (events: readonly OutgoingEvent[]) => {
    published.push(...events.map(({ id }) => id));
  };
  function startRelay(
    owner: string,
    publish = collect,
    settings: Partial<RelaySettings> = {},
    store: Store = fixture.store,
  ) {
    const relay = new Relay({
      store,
      publisher: { publish },
      queues: noQueues,
      owner,
      log: silentLog,
      settings: { idleMs: 5, batchSize: 20, leaseMs: 300, joinMs: 1000, ...settings },
    });
    relays.push(relay);
    relay.start();
    return relay;
  }
  let nextId = 0;
  function append(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => `event-${nextId++}`);
    const entries = ids.map((id) =>
      administrativeEntry({ id, subject: 'token.revoked', scope: 'gateway', atMs: Date.now(), details: {} }),
    );
    return fixture.store.read.outbox.append(entries).then(() => ids);
  }
  const waiting = async () => (await fixture.store.read.outbox.backlog()).count;

  it('publishes everything once, in order', async () => {
    const ids = await append(55);
    startRelay('a');
    await eventually(async () => (await waiting()) === 0);
    ids.push(...(await append(3)));
    await eventually(() => published.length === 58);

    expect(published).to.deep.equal(ids);
  });

  it('looks at once when it is told that events were written', async () => {
    const relay = startRelay('a', collect, { idleMs: 3_600_000 });
    await eventually(() => relay.isLeading);

    const ids = await append(3);
    relay.wake();

    await eventually(() => published.length === ids.length);
    expect(published).to.deep.equal(ids);
  });

  it('publishes what the broker has not confirmed again, from the same place', async () => {
    const ids = await append(50);
    let refusals = 3;
    startRelay('a', async (events) => {
      if (refusals-- > 0) throw new Error('not confirmed');
      await collect(events);
    });

    await eventually(async () => (await waiting()) === 0);

    expect(published).to.deep.equal(ids);
  });

  it('lets one of two work, and the other take over when the first dies', async () => {
    let isDead = false;
    const first = startRelay('first', async (events) => {
      if (isDead) await new Promise<void>(() => undefined);
      await collect(events);
    });
    await eventually(() => first.isLeading);
    let bySecond = 0;
    const second = startRelay('second', async (events) => {
      bySecond += events.length;
      await collect(events);
    });
    const before = await append(30);
    await eventually(async () => (await waiting()) === 0);
    expect(bySecond).to.equal(0);

    isDead = true;
    relays.splice(relays.indexOf(first), 1);
    const after = await append(30);
    await eventually(async () => (await waiting()) === 0);

    expect(second.isLeading).to.equal(true);
    expect(published).to.deep.equal([...before, ...after]);
  });

  it('hands over at once when it is stopped', async () => {
    const first = startRelay('first', collect, { leaseMs: 1_000 });
    await eventually(() => first.isLeading);
    const second = startRelay('second', collect, { leaseMs: 1_000 });
    await first.stop();

    await eventually(() => second.isLeading, { timeoutMs: 900 });
  });

  it('goes on after the store was away', async () => {
    const store = fixture.openStore();
    const relay = startRelay('a', collect, {}, store);
    await eventually(() => relay.isLeading);
    const broken = { ...store.read.outbox, listWaiting: () => Promise.reject(new Error('away')) };
    const intact = store.read.outbox;
    Object.assign(store.read, { outbox: broken });
    await eventually(() => !relay.isHealthy);
    Object.assign(store.read, { outbox: intact });
    const ids = await append(2);
    await eventually(async () => (await waiting()) === 0);

    expect(published).to.deep.equal(ids);
    await eventually(() => relay.isHealthy);
  });

  it('loses nothing and keeps the order when connections to the broker and the database are cut', async () => {
    const virtualHost = await createTestVirtualHost();
    const connection = await connectBroker({ url: virtualHost.url, name: 'relay test', log: silentLog });
    const publisher = await createEventPublisher({ connection, log: silentLog });
    try {
      const confirmed: string[] = [];
      startRelay('a', async (events) => {
        await publisher.publish(events);
        confirmed.push(...events.map(({ id }) => id));
      });
      const ids: string[] = [];
      for (let round = 0; round < 5; round += 1) {
        ids.push(...(await append(40)));
        if (round === 1) await closeBrokerConnections(virtualHost.name);
        if (round === 3) await fixture.cutDatabaseConnections();
      }
      await eventually(async () => (await waiting()) === 0, { timeoutMs: 20_000 });

      expect([...new Set(confirmed)]).to.deep.equal(ids);
      await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    } finally {
      await publisher.stop();
      await connection.close();
      await virtualHost.remove();
    }
  });

  it('brings events to subscribers of the real broker, in order', async () => {
    const virtualHost = await createTestVirtualHost();
    const connection = await connectBroker({ url: virtualHost.url, name: 'relay test', log: silentLog });
    try {
      const received: string[] = [];
      const subscription = await subscribeEvents({
        connection,
        log: silentLog,
        bindings: ['v1.#'],
        onEvent: (_payload, { id }) => {
          received.push(id);
        },
      });
      const publisher = await createEventPublisher({ connection, log: silentLog });
      const startedMs = performance.now();
      const ids = await append(500);
      startRelay('a', (events) => publisher.publish(events), { batchSize: 200 });
      await eventually(() => received.length === 500);

      expect(received).to.deep.equal(ids);
      expect(performance.now() - startedMs).to.be.lessThan(10_000);
      await Promise.all(relays.splice(0).map((relay) => relay.stop()));
      await publisher.stop();
      await subscription.stop();
    } finally {
      await connection.close();
      await virtualHost.remove();
    }
  });
});
