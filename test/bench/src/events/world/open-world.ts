// What all measurements share: private servers, a migrated database, the queues, the relay in a process of its own.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type EmbeddedServers, startEmbeddedServers } from '@cloud-gateway/embedded';
import { connectBroker, createRequester, type Requester } from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { openStore, type Store } from '@cloud-gateway/store';
import { type Child, startChild } from '../../children/start-child.ts';
import { accountNumbers } from '../../read/store/bench-store.ts';
import { type BenchDatabase, createDatabase } from '../../world/create-database.ts';
import type { EventsOptions } from '../events-options.ts';
import type { RelayMethods } from '../programs/relay-program.ts';
import { type BenchQueues, openBenchQueues } from './bench-queues.ts';
import type { EventRange } from './fill-outbox.ts';

export interface EventsWorld {
  readonly servers: EmbeddedServers;
  readonly database: BenchDatabase;
  readonly store: Store;
  readonly queues: BenchQueues;
  readonly requester: Requester;
  readonly masterKey: string;
  readonly relay: Child<RelayMethods>;
  readonly profileDirectory: string | undefined;
  /** Numbers of events that no one has had yet. */
  nextRange(count: number): EventRange;
  /** Runs when the world ends, the last one first. */
  onEnd(stop: () => Promise<void>): void;
  end(): Promise<void>;
}

/** Rejects with nothing left behind. */
export async function openWorld(options: EventsOptions, say: (line: string) => void): Promise<EventsWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-bench-events-'));
  const stops: (() => Promise<void>)[] = [() => rm(directory, { recursive: true, force: true })];
  const end = async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  try {
    const servers = await startEmbeddedServers({ directory, report: ({ message }) => say(message) });
    stops.push(servers.stop);
    const log = createLogger({ service: 'bench', level: 'warn', destination: process.stderr });
    const database = await createDatabase(servers.databaseUrl, 'bench_events');
    stops.push(database.close);
    const store = openStore({ databaseUrl: database.url, log });
    stops.push(() => store.close());
    await store.migrate();
    for (const number of accountNumbers)
      await store.read.accounts.ensure({
        id: `ec2-${number}`,
        cloud: 'ec2',
        cloudAccountId: number,
        createdAt: new Date(),
      });
    const connection = await connectBroker({ url: servers.amqpUrl, name: 'bench', log });
    stops.push(() => connection.close());
    const queues = await openBenchQueues({ connection, amqpUrl: servers.amqpUrl, log });
    stops.push(queues.close);
    const requester = await createRequester({ connection, log });
    stops.push(() => requester.stop());
    const profileDirectory = options.profileDirectory && resolve(options.profileDirectory);
    const relay = startChild<RelayMethods>({ program: 'relay', core: undefined, profileDirectory });
    stops.push(relay.stop);
    const masterKey = randomBytes(32).toString('base64');
    await relay.call('start', { databaseUrl: database.url, amqpUrl: servers.amqpUrl, masterKey });
    let numbered = 0;
    return {
      ...{ servers, database, store, queues, requester, masterKey, relay, profileDirectory, end },
      nextRange(count) {
        const range = { from: numbered, count };
        numbered += count;
        return range;
      },
      onEnd: (stop) => void stops.push(stop),
    };
  } catch (err) {
    await end();
    throw err;
  }
}
