// Starts everything that is compared; then the questions take turns, so that what disturbs the machine for a while
// disturbs all of them, and ratios are taken within a round.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type EmbeddedServers, startEmbeddedServers } from '@cloud-gateway/embedded';
import { type Child, startChild } from '../../children/start-child.ts';
import type { BenchDeps } from '../../command/run-bench-command.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { autocannon } from '../../load/autocannon.ts';
import { chooseLoadGenerator } from '../../load/choose-load-generator.ts';
import type { LoadGenerator, LoadResult } from '../../load/load-generator.ts';
import type { AmqpLoadMethods } from '../load/amqp-load-program.ts';
import type { ReadOptions } from '../read-options.ts';
import { type System, startSystems } from '../world/start-systems.ts';
import { measureSlice, type Pids } from './measure-slice.ts';
import type { Door, Question, Slice } from './slice.ts';

/** Leaves no process and no file behind, but profiles that were asked for. */
export async function measureAll(options: ReadOptions, { signal, say }: BenchDeps): Promise<Slice[]> {
  // Choosing may install wrk, which the broker's door has no use for.
  const generator = options.doors.includes('http') ? chooseLoadGenerator(say) : autocannon;
  const directory = await mkdtemp(join(tmpdir(), 'gateway-bench-read-'));
  const stops: (() => Promise<void>)[] = [() => rm(directory, { recursive: true, force: true })];
  try {
    const servers = await startEmbeddedServers({ directory, report: ({ message }) => say(message) });
    stops.push(servers.stop);
    const profileDirectory = options.profileDirectory && resolve(options.profileDirectory);
    const amqpLoad: Child<AmqpLoadMethods> = startChild({ program: 'amqp-load', core: undefined });
    stops.push(amqpLoad.stop);
    const systems = await startSystems({ ...options, profileDirectory }, { servers, signal, say, stops });
    return await runRounds(options, { servers, generator, amqpLoad, systems, signal, say });
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

interface RunContext extends BenchDeps {
  readonly servers: EmbeddedServers;
  readonly generator: LoadGenerator;
  readonly amqpLoad: Child<AmqpLoadMethods>;
  readonly systems: readonly System[];
}

async function runRounds(options: ReadOptions, context: RunContext): Promise<Slice[]> {
  const { signal, say } = context;
  const asked = allAsked(options, context.systems);
  for (const one of asked) {
    signal.throwIfAborted();
    say(`Warming up: ${one.question} ${one.system.rows ?? ''} (${one.door})`);
    const connections = Math.max(...options.concurrency);
    await runLoad(context, one, { connections, seconds: options.warmupSeconds });
  }
  const slices: Slice[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    say(`Round ${round} of ${options.rounds}`);
    for (const connections of options.concurrency) {
      for (const one of asked) {
        signal.throwIfAborted();
        const { question, door, system } = one;
        const load = { connections, seconds: options.seconds };
        const measured = await measureSlice(pidsOf(context, system), () => runLoad(context, one, load));
        slices.push({ question, door, rows: system.rows, connections, round, ...measured });
      }
    }
  }
  return slices;
}

interface Asked {
  readonly question: Question;
  readonly door: Door;
  readonly system: System;
  readonly exchange: Exchange;
}

/** The same question to all systems one after the other: those are compared. */
function allAsked({ doors, questions }: ReadOptions, systems: readonly System[]): Asked[] {
  return doors.flatMap((door) =>
    questions.flatMap((question) =>
      systems.flatMap((system) => {
        const exchange = system.exchanges[question];
        return exchange === undefined ? [] : [{ question, door, system, exchange }];
      }),
    ),
  );
}

async function runLoad(
  { generator, amqpLoad, signal }: RunContext,
  { door, system, exchange }: Asked,
  load: { readonly connections: number; readonly seconds: number },
): Promise<LoadResult> {
  return door === 'http'
    ? generator.run({ url: system.url, exchange, ...load }, signal)
    : amqpLoad.call('run', { amqpUrl: system.amqpUrl, exchange, ...load });
}

function pidsOf({ servers, amqpLoad }: RunContext, { pids }: System): Pids {
  const { broker, database } = servers;
  if (broker.pid === undefined || database.pid === undefined) throw new Error('a server has ended');
  return { ...pids, broker: broker.pid, database: database.pid, load: amqpLoad.pid };
}
