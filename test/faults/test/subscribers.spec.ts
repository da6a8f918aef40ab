import type { PrivateServer } from '@cloud-gateway/embedded';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createRandom } from '../src/property/random.ts';
import { readEvents } from '../src/subscribers/expected-events.ts';
import { awaitedIds, findFaults } from '../src/subscribers/find-faults.ts';
import { type DeliveryKind, planSubscription } from '../src/subscribers/plan-subscription.ts';
import { cloud, type Seeded, seedClients } from '../src/subscribers/seed-clients.ts';
import { type EventsWorld, startEventsWorld } from '../src/subscribers/start-events-world.ts';
import { type From, type Subscriber, subscribe } from '../src/subscribers/subscribe.ts';
import { readSubscriberSettings } from '../src/subscribers/subscriber-settings.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../src/subscribers/webhook-receiver.ts';
import { type ChangeWriters, regions, startWriters } from '../src/subscribers/write-changes.ts';

const settings = readSubscriberSettings();
/** Time for everything to arrive when all is well again. */
const patienceMs = 60_000 + settings.events * 5;

describe('subscribers', function () {
  this.timeout(serverStartTimeoutMs + 2 * patienceMs);
  const random = createRandom(settings.seed);
  const subscribers: Subscriber[] = [];
  let world: EventsWorld;
  let receiver: WebhookReceiver;
  let seeded: Seeded;
  let writers: ChangeWriters | undefined;

  before(async () => {
    receiver = await startWebhookReceiver(random);
    world = await startEventsWorld({
      // So that a relay dies somewhere between its events, also among few.
      GATEWAY_RELAY_BATCH: String(Math.min(500, Math.ceil(settings.events / 100))),
    });
    const accounts = Math.max(6, Math.ceil(settings.subscribers / 3));
    seeded = await seedClients(world.store, { clients: settings.subscribers, accounts }, random);
  });
  after(async () => {
    await writers?.stop().catch(() => undefined);
    await Promise.all(subscribers.flatMap(({ amqp }) => (amqp ? [amqp.stop()] : [])));
    await receiver?.stop();
    await world?.stop();
  });

  it('have exactly their events, in order, whatever breaks while they are written and consumed', async () => {
    const { servers, store } = world;
    const [early, late] = split(seeded.clients, 0.7);
    for (const [at, client] of early.entries()) await join(client, { name: `early-${at}`, from: undefined });
    tell('the first have joined', { subscribers: subscribers.length });
    const scopes = seeded.accounts.flatMap((account) =>
      regions.map((region) => ({ cloud, account, region })),
    );
    const writing = startWriters({ store, scopes, random });
    writers = writing;

    const faults: readonly Fault[] = [
      { name: 'nothing', happen: async () => undefined },
      { name: 'the relay is killed', happen: killRelay },
      { name: 'the broker is stopped and started', happen: () => restart(servers.broker, 'stop') },
      { name: 'the others join, and their replay is killed', happen: () => joinLate(late) },
      { name: 'the database is killed and started', happen: () => restart(servers.database, 'kill') },
      { name: 'the relay is killed again', happen: killRelay },
      { name: 'the broker is killed and started', happen: () => restart(servers.broker, 'kill') },
    ];
    for (const [at, { name, happen }] of faults.entries()) {
      // As much as may be written until the next fault: so each happens in the middle of it.
      const count = Math.ceil((settings.events * (at + 1)) / faults.length);
      writing.allow(count);
      await happen();
      await writing.untilWritten(count);
      tell(name, { written: count, waiting: (await store.read.outbox.backlog()).count });
    }
    await writing.stop();
    expect(writing.written()).to.equal(settings.events);

    await eventually(async () => (await store.read.outbox.backlog()).count === 0, {
      timeoutMs: patienceMs,
      message: 'Every event is published',
    });
    tell('all is published', {});
    const events = await readEvents(store, seeded.accounts, settings.events);
    // By their ids: what came although it did not have to must not stand for what is still on its way.
    const awaited = subscribers.map((one) => ({ one, ids: awaitedIds(one, events) }));
    await eventually(
      () => {
        const behind = awaited.flatMap(({ one: { name, arrivals, amqp }, ids }) => {
          const missing = ids.filter((id) => !arrivals.first.has(id)).length;
          return missing > 0
            ? [`${name}: ${missing} of ${ids.length} (${amqp?.lastFailure() ?? 'no failure'})`]
            : [];
        });
        expect(behind, 'have not got everything').to.deep.equal([]);
        return true;
      },
      { timeoutMs: patienceMs, intervalMs: 500 },
    ).catch((err: unknown) => {
      const faultsFound = subscribers.flatMap((one) => findFaults(one, events));
      throw faultsFound.length > 0 ? new Error(faultsFound.join('\n')) : err;
    });
    const deliveries = subscribers.map(({ arrivals }) => arrivals.first.size + arrivals.repetitions);
    const repetitions = subscribers.map(({ arrivals }) => arrivals.repetitions);
    tell('all has come', { deliveries: sum(deliveries), repetitions: sum(repetitions) });
    expect(subscribers.flatMap((one) => findFaults(one, events))).to.deep.equal([]);
    expect(subscribers).to.have.length(settings.subscribers);
    for (const { name, amqp } of subscribers)
      if (amqp && name.startsWith('early'))
        expect(amqp.connections(), `connections of ${name}`).to.be.at.least(3);
  });

  async function join(
    client: Seeded['clients'][number],
    { name, from }: { readonly name: string; readonly from: From | undefined },
  ): Promise<void> {
    const delivery = random.weighted<DeliveryKind>([
      [6, 'queue'],
      [2, 'stream'],
      [2, 'webhook'],
    ]);
    const plan = planSubscription(random, client, delivery);
    subscribers.push(await subscribe({ world, receiver }, { name, plan, ...(from && { from }) }));
  }

  /** Those that come in the middle: some from a sequence, some from a time, some from now on. */
  async function joinLate(clients: Seeded['clients']): Promise<void> {
    const aWhileAgo = new Date(Date.now() - 2_000).toISOString();
    for (const [at, client] of clients.entries()) {
      const name = `late-${at}`;
      if (at % 3 === 0) await join(client, { name, from: { time: aWhileAgo } });
      else if (at % 3 === 1) await joinFromSequences(client, name);
      else await join(client, { name, from: undefined });
    }
    for (const one of world.running('subscriptions')) await one.kill('SIGKILL');
    await world.startAnother('subscriptions');
  }

  async function restart(server: PrivateServer, end: 'stop' | 'kill'): Promise<void> {
    await server[end]();
    await server.start();
  }

  async function joinFromSequences(client: Seeded['clients'][number], name: string): Promise<void> {
    const present = await world.store.read.accounts.sequences(client.accounts);
    const sequences = Object.fromEntries([...present].map(([id, last]) => [id, random.int(0, last)]));
    const plan = planSubscription(random, client, 'queue');
    // Only what the filter names may be named.
    const named = plan.filter.accounts ?? client.accounts;
    const from = {
      sequences: Object.fromEntries(Object.entries(sequences).filter(([id]) => named.includes(id))),
    };
    subscribers.push(await subscribe({ world, receiver }, { name, plan, from }));
  }

  /** In the midst of a backlog; another one takes over, and a new one waits for its turn. */
  async function killRelay(): Promise<void> {
    const leader = await world.leader();
    const relayed = () => leader.metric('gateway_relay_events_total');
    const before = await relayed();
    leader.signal('SIGSTOP');
    // Shorter than its lease; where it writes slowly, with less of a backlog.
    const backlog = settings.events / 20;
    await eventually(async () => (await world.store.read.outbox.backlog()).count > backlog, {
      timeoutMs: 1_000,
    }).catch(() => undefined);
    leader.signal('SIGCONT');
    const isAtIt = async () => (await relayed()) > before;
    const hasLost = async () => (await leader.metric('gateway_relay_leading')) === 0;
    await eventually(async () => (await isAtIt()) || (await hasLost()), { intervalMs: 1 });
    await leader.kill('SIGKILL');
    await world.startAnother('poller');
  }
});

interface Fault {
  readonly name: string;
  readonly happen: () => Promise<void>;
}

const startedMs = performance.now();

function tell(what: string, figures: Readonly<Record<string, number>>): void {
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  if (settings.isLoud) process.stdout.write(`${seconds} s: ${what} ${JSON.stringify(figures)}\n`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function split<T>(items: readonly T[], share: number): [readonly T[], readonly T[]] {
  const at = Math.ceil(items.length * share);
  return [items.slice(0, at), items.slice(at)];
}
