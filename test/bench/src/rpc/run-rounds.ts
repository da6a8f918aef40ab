// The systems take turns: what disturbs the machine for a while disturbs all three, and ratios are taken within a round.
import type { PrivateBroker } from '@cloud-gateway/embedded';
import { echoExchange } from '../exchange/echo-exchange.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import { type PeerProcess, startPeer } from '../processes/start-peer.ts';
import { checkAnswers } from './check-answers.ts';
import { measureSlice } from './measure-slice.ts';
import type { RpcOptions } from './rpc-options.ts';
import type { Slice } from './slice.ts';
import { type SystemName, systemNames, systems } from './systems.ts';

export interface RunContext {
  readonly amqpUrl: string;
  readonly broker: PrivateBroker['broker'];
  readonly generator: LoadGenerator;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Rejects when a process dies or one answer is wrong. Leaves no process behind. */
export async function runRounds(options: RpcOptions, context: RunContext): Promise<Slice[]> {
  const peers: PeerProcess[] = [];
  try {
    const pairs = await startPairs(options, context, peers);
    for (const pair of pairs) {
      context.say(`Warming up: ${systems[pair.system].title}`);
      await checkAnswers(pair.url);
      await measure(
        pair,
        { connections: Math.max(...options.concurrency), seconds: options.warmupSeconds },
        context,
      );
    }
    const slices: Slice[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      context.say(`Round ${round} of ${options.rounds}`);
      for (const connections of options.concurrency) {
        for (const pair of pairs) {
          const measured = await measure(pair, { connections, seconds: options.seconds }, context);
          slices.push({ system: pair.system, round, ...measured });
        }
      }
    }
    return slices;
  } finally {
    await Promise.all(peers.map((peer) => peer.stop()));
  }
}

interface Pair {
  readonly system: SystemName;
  readonly url: string;
  readonly pids: { readonly edge: number; readonly service: number };
}

/** `started` gets each process as it starts, so that a failure among them can stop the others. */
async function startPairs(
  { profileDirectory }: RpcOptions,
  { amqpUrl }: RunContext,
  started: PeerProcess[],
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const system of systemNames) {
    const service = await startPeer({ name: systems[system].service, amqpUrl, profileDirectory });
    started.push(service);
    const edge = await startPeer({ name: systems[system].edge, amqpUrl, profileDirectory });
    started.push(edge);
    if (edge.url === undefined) throw new Error(`${edge.name} does not say where it listens`);
    pairs.push({ system, url: edge.url, pids: { edge: edge.pid, service: service.pid } });
  }
  return pairs;
}

async function measure(
  { url, pids }: Pair,
  { connections, seconds }: { connections: number; seconds: number },
  { broker, generator, signal }: RunContext,
): Promise<Omit<Slice, 'system' | 'round'>> {
  if (broker.pid === undefined) throw new Error('the broker has ended');
  return measureSlice({
    generator,
    pids: { ...pids, broker: broker.pid },
    load: { url, exchange: echoExchange('item-0001'), connections, seconds },
    signal,
  });
}
