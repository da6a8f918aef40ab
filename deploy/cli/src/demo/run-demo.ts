// `cloud-gateway demo`: everything on this machine, a simulated cloud included; then the tour; then it stays.
import { createStopStack, readConfig, readEnvironment } from '@cloud-gateway/runtime';
import { readableProblem } from '../client/readable-problem.ts';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { demoDataDir } from '../gateway/no-gateway-here.ts';
import { type LongRunning, runUntilSignal } from '../gateway/run-until-signal.ts';
import { createTeller, type Teller } from './create-teller.ts';
import { sayFarewell } from './say-farewell.ts';
import { startDemoGateway } from './start-demo-gateway.ts';
import { tour } from './tour.ts';

export interface DemoOptions {
  /** End after the tour instead of staying. */
  readonly exit?: boolean;
  readonly json?: boolean;
}

export async function runDemo({ exit = false, json = false }: DemoOptions): Promise<void> {
  const report = (message: string) => {
    if (!json) process.stderr.write(`\n${message}\n`);
  };
  await runUntilSignal(async (aborted) => {
    const tell = createTeller({ json, stdout: process.stdout, now: () => performance.now(), aborted });
    try {
      return await startDemo({ tell, exit, aborted });
    } catch (cause) {
      const err = readableProblem(cause);
      tell.failed(err);
      throw err;
    }
  }, report);
}

async function startDemo(options: {
  readonly tell: Teller;
  readonly exit: boolean;
  readonly aborted: AbortSignal;
}): Promise<LongRunning> {
  const { tell, exit, aborted } = options;
  const startedAtMs = performance.now();
  const environment = readEnvironment();
  const dataDir = demoDataDir(readConfig(cliConfigSchema, environment).GATEWAY_DATA_DIR);
  const stops = createStopStack({ timeoutMs: 60_000 });
  try {
    const demo = await startDemoGateway({ environment, dataDir, tell, aborted });
    stops.add('demo', () => demo.stop());
    const { token, account, imageId } = await tour({ ...demo.tourDeps, tell });

    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    tell.step('finished', `The tour is over, after ${seconds} s`);
    const { edgeUrl, proxyUrl, adminUrl, logFile } = demo;
    if (!exit) sayFarewell({ tell, edgeUrl, proxyUrl, adminUrl, logFile, token, account, imageId });
    tell.done({ edgeUrl, proxyUrl, account, ...(!exit && { token }) });
    return { ended: exit ? Promise.resolve() : demo.failed, stop: () => stops.stop() };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}
