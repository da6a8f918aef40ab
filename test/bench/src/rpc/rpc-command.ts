// HTTP → AMQP → handler → reply: this gateway beside a bare fastify + amqplib echo and a NestJS one, in one run over one
// private broker, so that the ratios mean something on any machine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startPrivateBroker } from '@cloud-gateway/embedded';
import { type BenchDeps, type BenchReport, runBenchCommand } from '../command/run-bench-command.ts';
import { chooseLoadGenerator } from '../load/choose-load-generator.ts';
import { judgeGoals } from './judge-goals.ts';
import { renderReport } from './render-report.ts';
import { parseRpcOptions, type RpcOptions, rpcHelp } from './rpc-options.ts';
import { runRounds } from './run-rounds.ts';
import type { Slice } from './slice.ts';
import { summarize } from './summarize.ts';

export function rpcCommand(args: readonly string[]): Promise<number> {
  return runBenchCommand({ help: rpcHelp, parse: parseRpcOptions, measure: measureAll, report }, args);
}

async function measureAll(options: RpcOptions, { signal, say }: BenchDeps): Promise<Slice[]> {
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

function report(slices: readonly Slice[]): BenchReport {
  const summaries = summarize(slices);
  const verdicts = judgeGoals(summaries);
  return { result: { summaries, verdicts, slices }, render: () => renderReport(summaries, verdicts) };
}
