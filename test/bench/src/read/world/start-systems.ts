// Everything that is asked, side by side: the echo of `bench -- rpc`, and a gateway over each store. Each is two processes,
// edge and service, with a virtual host of its own.
import type { EmbeddedServers } from '@cloud-gateway/embedded';
import { createLogger } from '@cloud-gateway/runtime';
import { openStore } from '@cloud-gateway/store';
import { echoExchange } from '../../exchange/echo-exchange.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import type { PeerName } from '../../peers/load-peer.ts';
import { startPeer } from '../../processes/start-peer.ts';
import { checkAnswers } from '../../rpc/check-answers.ts';
import { createDatabase } from '../../world/create-database.ts';
import { createVirtualHost } from '../../world/create-virtual-host.ts';
import type { ReadOptions } from '../read-options.ts';
import type { Question } from '../run/slice.ts';
import { fillStore } from '../store/fill-store.ts';
import { chooseTargets } from './choose-targets.ts';
import { seedReader } from './seed-reader.ts';

/** One that answers, and what it is asked. */
export interface System {
  /** Undefined for the echo. */
  readonly rows: number | undefined;
  readonly url: string;
  readonly amqpUrl: string;
  readonly pids: { readonly edge: number; readonly service: number };
  readonly exchanges: Readonly<Partial<Record<Question, Exchange>>>;
}

export interface StartDeps {
  readonly servers: EmbeddedServers;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Gets what stops each process, as it starts. */
  readonly stops: (() => Promise<void>)[];
}

export async function startSystems(options: ReadOptions, deps: StartDeps): Promise<System[]> {
  const systems = [await startEcho(options, deps)];
  for (const rows of options.rows) {
    deps.signal.throwIfAborted();
    systems.push(await startGateway(options, deps, rows));
  }
  return systems;
}

async function startEcho({ profileDirectory }: ReadOptions, deps: StartDeps): Promise<System> {
  const amqpUrl = await createVirtualHost(deps.servers, 'echo');
  const pair = await startPair(deps, {
    service: 'ours-service',
    label: 'echo',
    place: { amqpUrl },
    profileDirectory,
  });
  await checkAnswers(pair.url);
  return { rows: undefined, amqpUrl, ...pair, exchanges: { echo: echoExchange('item-0001') } };
}

async function startGateway(
  { profileDirectory }: ReadOptions,
  deps: StartDeps,
  rows: number,
): Promise<System> {
  const { servers, stops, say } = deps;
  const log = createLogger({ service: 'bench', level: 'warn', destination: process.stderr });
  const database = await createDatabase(servers.databaseUrl, `bench_${rows}`);
  stops.push(database.close);
  const store = openStore({ databaseUrl: database.url, log });
  stops.push(() => store.close());
  await store.migrate();
  const startedMs = performance.now();
  say(`Filling a store with ${rows} rows`);
  await fillStore(database, store, rows);
  say(`Filled in ${Math.round((performance.now() - startedMs) / 1_000)} s`);
  const token = await seedReader(store);
  const amqpUrl = await createVirtualHost(servers, `rows-${rows}`);
  const pair = await startPair(deps, {
    service: 'ours-adapter',
    label: `rows-${rows}`,
    place: { amqpUrl, databaseUrl: database.url },
    profileDirectory,
  });
  const headers = headersOf(token);
  const targets = await chooseTargets(pair.url, headers, rows);
  const exchange = (asked: readonly string[]): Exchange => ({
    method: 'GET',
    targets: asked,
    headers,
    body: '',
    answer: undefined,
  });
  return {
    rows,
    amqpUrl,
    ...pair,
    exchanges: { show: exchange(targets.show), list: exchange(targets.list) },
  };
}

/** Those of the echo, but for what belongs to its body. */
function headersOf(token: string): Readonly<Record<string, string>> {
  const { 'content-type': _, ...headers } = echoExchange('item-0001').headers;
  return { ...headers, authorization: `Bearer ${token}` };
}

async function startPair(
  { stops }: StartDeps,
  options: {
    readonly service: PeerName;
    readonly label: string;
    readonly place: { readonly amqpUrl: string; readonly databaseUrl?: string };
    readonly profileDirectory: string | undefined;
  },
): Promise<Pick<System, 'url' | 'pids'>> {
  const { place, label, profileDirectory } = options;
  const service = await startPeer({
    ...place,
    name: options.service,
    profileDirectory,
    label: `${label}-service`,
  });
  stops.push(service.stop);
  const edge = await startPeer({
    amqpUrl: place.amqpUrl,
    name: 'ours-edge',
    profileDirectory,
    label: `${label}-edge`,
  });
  stops.push(edge.stop);
  if (edge.url === undefined) throw new Error(`${edge.name} does not say where it listens`);
  return { url: edge.url, pids: { edge: edge.pid, service: service.pid } };
}
