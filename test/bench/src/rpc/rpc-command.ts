// HTTP → AMQP → handler → reply: this gateway beside a bare fastify + amqplib echo and a NestJS one, in one run over one
// private broker, so that the ratios mean something on any machine.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startPrivateBroker } from '@cloud-gateway/embedded';
import { chooseLoadGenerator } from '../load/choose-load-generator.ts';
import { judgeGoals } from './judge-goals.ts';
import { renderReport } from './render-report.ts';
import { parseRpcOptions, type RpcOptions, rpcHelp } from './rpc-options.ts';
import { runRounds } from './run-rounds.ts';
import type { Slice } from './slice.ts';
import { summarize } from './summarize.ts';

/** Gives the exit status: 0 when everything was measured, whether or not a goal was missed. */
export async function rpcCommand(args: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  try {
    const options = parseRpcOptions(args);
    if (!options) {
      process.stdout.write(rpcHelp);
      return 0;
    }
    report(options, await measureAll(options, stopping.signal));
    return 0;
  } catch (err) {
    say(
      stopping.signal.aborted
        ? 'Stopped'
        : `The benchmark failed: ${err instanceof Error ? err.message : String(err)}`,
    );
    return 1;
  }
}

async function measureAll(options: RpcOptions, signal: AbortSignal): Promise<Slice[]> {
  const generator = chooseLoadGenerator(say);
  const directory = await mkdtemp(join(tmpdir(), 'gateway-bench-'));
  try {
    const { amqpUrl, broker, stop } = await startPrivateBroker({
      directory,
      report: ({ message }) => say(message),
    });
    try {
      return await runRounds(withAbsolutePaths(options), { amqpUrl, broker, generator, signal, say });
    } finally {
      await stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function withAbsolutePaths(options: RpcOptions): RpcOptions {
  const { profileDirectory } = options;
  return { ...options, profileDirectory: profileDirectory && resolve(profileDirectory) };
}

function report(options: RpcOptions, slices: readonly Slice[]): void {
  const summaries = summarize(slices);
  const verdicts = judgeGoals(summaries);
  if (options.json) {
    const machine = { cores: cpus().length, node: process.version };
    process.stdout.write(`${JSON.stringify({ machine, options, summaries, verdicts, slices })}\n`);
  } else {
    process.stdout.write(`\n${renderReport(summaries, verdicts)}`);
  }
}

/** Progress goes to standard error, the result to standard output. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
