// autocannon, in a process of its own: for machines without wrk. It takes several times wrk's CPU, and its latencies are
// whole milliseconds, so its figures are not comparable with wrk's; the ratios nearly are.
import { fileURLToPath } from 'node:url';
import { runTool } from '../processes/run-tool.ts';
import type { Load, LoadGenerator, LoadResult } from './load-generator.ts';
import { refuseFaults } from './refuse-faults.ts';

export const autocannon: LoadGenerator = { name: 'autocannon', run };

async function run({ url, exchange, connections, seconds }: Load, signal: AbortSignal): Promise<LoadResult> {
  const headers = Object.entries(exchange.headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const { output } = await runTool(
    process.execPath,
    [
      fileURLToPath(import.meta.resolve('autocannon')),
      ...['--json', '-c', String(connections), '-d', String(Math.ceil(seconds)), '-m', exchange.method],
      ...(exchange.body === '' ? [] : ['-b', exchange.body]),
      ...(exchange.answer === undefined ? [] : ['-E', exchange.answer]),
      ...headers,
      url + exchange.targets[0], // It can be told of one only.
    ],
    { signal },
  );
  const { faults, ...result } = parseAutocannonResult(output);
  refuseFaults(url, faults);
  return result;
}

/** Throws when no request was answered. */
export function parseAutocannonResult(
  printed: string,
): LoadResult & { readonly faults: Record<string, number> } {
  const result = JSON.parse(printed) as AutocannonResult; // The program's documented output.
  if (result.requests.total === 0) throw new Error('not one request was answered');
  return {
    requests: result.requests.total,
    requestsPerSecond: result.requests.total / result.duration,
    p50Ms: Math.max(0.5, result.latency.p50), // In whole milliseconds: 0 is less than one.
    p99Ms: result.latency.p99,
    faults: {
      'answers that were not 2xx': result.non2xx,
      'wrong answers': result.mismatches,
      'failed connections': result.errors,
      timeouts: result.timeouts,
    },
  };
}

interface AutocannonResult {
  readonly requests: { readonly total: number };
  readonly duration: number;
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly non2xx: number;
  readonly mismatches: number;
  readonly errors: number;
  readonly timeouts: number;
}
