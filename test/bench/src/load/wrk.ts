// wrk: a load generator in C that takes about 15 microseconds of CPU a request, the check of each answer included.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../processes/run-tool.ts';
import type { Load, LoadGenerator, LoadResult } from './load-generator.ts';
import { refuseFaults } from './refuse-faults.ts';
import { parseWrkResult, wrkScript } from './wrk-script.ts';

export const wrk: LoadGenerator = { name: 'wrk', run };

async function run(load: Load, signal: AbortSignal): Promise<LoadResult> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-bench-wrk-'));
  try {
    const script = join(directory, 'exchange.lua');
    await writeFile(script, wrkScript(load.exchange));
    const { url, exchange, connections, seconds } = load;
    const { output, complaints } = await runTool(
      'wrk',
      [
        '-t1',
        `-c${connections}`,
        `-d${Math.ceil(seconds)}s`,
        '--timeout',
        '10s',
        '-s',
        script,
        url + exchange.targets[0],
      ],
      { signal },
    );
    const { faults, ...result } = parseWrkResult(output + complaints);
    refuseFaults(url, faults);
    return result;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
