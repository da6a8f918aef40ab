// One number of instances: a cloud with so many, the bare SDK and the poller, each a process of its own, taking turns.
import { randomBytes } from 'node:crypto';
import type { EmbeddedServers } from '@cloud-gateway/embedded';
import { connectBroker } from '@cloud-gateway/messaging';
import { createLogger } from '@cloud-gateway/runtime';
import { openStore } from '@cloud-gateway/store';
import { createMasterKeyWrapper, createVault, keyringFromText } from '@cloud-gateway/vault';
import { peakMemory, resetPeakMemory } from '../../children/resident-memory.ts';
import { startChild } from '../../children/start-child.ts';
import type { BenchDeps } from '../../command/run-bench-command.ts';
import { createDatabase } from '../../world/create-database.ts';
import type { PollOptions } from '../poll-options.ts';
import type { PollerMethods } from '../programs/poller-program.ts';
import type { SdkMethods } from '../programs/sdk-program.ts';
import type { SimulatorMethods } from '../programs/simulator-program.ts';
import { proveAccount } from '../world/prove-account.ts';
import { countRows } from '../world/rows-written.ts';
import { listenForEvents } from './event-times.ts';
import { kinds, type Sample, type SizeMeasured } from './sample.ts';
import { createPollOnce, createTakeSample, longestListingMs } from './take-sample.ts';

type SizeOptions = PollOptions & { readonly instances: number };
type SizeDeps = BenchDeps & { readonly servers: EmbeddedServers };

/** Leaves no process behind; the database stays until the servers go. */
export async function measureSize(options: SizeOptions, deps: SizeDeps): Promise<SizeMeasured> {
  const { instances, profileDirectory } = options;
  const { servers, signal, say } = deps;
  const stops: (() => Promise<void>)[] = [];
  try {
    say(`${instances} instances: starting`);
    const log = createLogger({ service: 'bench', level: 'warn', destination: process.stderr });
    const database = await createDatabase(servers.databaseUrl, `bench_${instances}`);
    stops.push(database.close);
    await countRows(database);
    const store = openStore({ databaseUrl: database.url, log });
    stops.push(() => store.close());
    await store.migrate();
    const masterKey = randomBytes(32).toString('base64');
    const vault = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(masterKey)) });
    const accountId = await proveAccount(store, vault);
    const connection = await connectBroker({ url: servers.amqpUrl, name: 'bench', log });
    stops.push(() => connection.close());
    const events = await listenForEvents(connection, log);
    stops.push(() => events.stop());

    const simulator = startChild<SimulatorMethods>({ program: 'simulator', core: undefined });
    stops.push(simulator.stop);
    const { url } = await simulator.call('where', null);
    await simulator.call('create', { count: instances });
    const listing = { core: undefined, profileDirectory, nodeArguments: heapLimit };
    const sdk = startChild<SdkMethods>({ program: 'sdk', ...listing });
    stops.push(sdk.stop);
    await sdk.call('start', { url });
    const poller = startChild<PollerMethods>({ program: 'poller', ...listing });
    stops.push(poller.stop);
    await poller.call('start', {
      databaseUrl: database.url,
      amqpUrl: servers.amqpUrl,
      masterKey,
      url,
    });

    const filling = await poller.call('nextPoll', null, longestListingMs);
    checkCount('the first poll', filling.seen, instances);
    await events.wait(instances);
    const fillingBytes = peakMemory(poller.pid);
    resetPeakMemory(poller.pid);
    say(`${instances} instances: the first poll took ${Math.round(filling.wallMs)} ms`);

    const pollOnce = createPollOnce({ store, accountId, poller });
    const takeSample = createTakeSample({ instances, simulator, sdk, poller, database, events, pollOnce });
    // For V8 to compile what is hot: small listings more often.
    const warmups = Math.max(2, Math.ceil(20_000 / instances));
    for (let at = 0; at < warmups; at++) {
      signal.throwIfAborted();
      await sdk.call('list', null, longestListingMs);
      await pollOnce();
    }
    const samples: Sample[] = [];
    const rounds = options.rounds ?? roundsOf(instances);
    for (let round = 1; round <= rounds; round++) {
      say(`${instances} instances: round ${round} of ${rounds}`);
      for (const kind of kinds) {
        signal.throwIfAborted();
        samples.push(await takeSample(kind, round));
      }
    }
    const memoryBytes = { filling: fillingBytes, later: peakMemory(poller.pid) };
    return { instances, samples, filling, memoryBytes };
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

// Without a limit V8 takes what the machine has: pages leave garbage, and to let it lie is faster.
const heapLimit = ['--max-old-space-size=320'];

// Short listings are disturbed more easily, and cost little.
function roundsOf(instances: number): number {
  return Math.min(20, Math.max(5, Math.round(100_000 / instances)));
}

function checkCount(what: string, seen: number, instances: number): void {
  if (seen !== instances) throw new Error(`${what} saw ${seen} of ${instances} instances`);
}
