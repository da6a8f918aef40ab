// The Lua half of a wrk run: the requests, the check of every answer, and the result as one line of JSON.
import type { Exchange } from '../exchange/exchange.ts';
import type { LoadResult } from './load-generator.ts';

export function wrkScript(exchange: Exchange): string {
  const headers = Object.entries(exchange.headers).map(
    ([name, value]) => `wrk.headers[ ${quote(name)} ] = ${quote(value)}\n`,
  );
  return `wrk.method = ${quote(exchange.method)}
${exchange.body === '' ? '' : `wrk.body = ${quote(exchange.body)}\n`}${headers.join('')}
local expected = ${exchange.answer === undefined ? 'nil' : quote(exchange.answer)}
local threads = {}
wrong = 0

function setup(thread)
  table.insert(threads, thread)
end

${exchange.targets.length > 1 ? inTurns(exchange.targets) : ''}
function response(status, headers, body)
  if status ~= 200 or (expected and body ~= expected) then wrong = wrong + 1 end
end

function done(summary, latency, requests)
  local wrong = 0
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("wrong") end
  local e = summary.errors
  io.write(string.format(
    '\\nRESULT {"requests":%d,"micros":%d,"p50":%d,"p99":%d,"wrong":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    wrong, e.connect, e.read, e.write, e.timeout))
end
`;
}

/** Without it wrk sends one request over and over, which costs it less. */
function inTurns(targets: readonly string[]): string {
  return `
local targets = { ${targets.map(quote).join(',\n')} }
local requests = {}
local asked = 0

function init(args)
  for at, target in ipairs(targets) do requests[at] = wrk.format(nil, target) end
end

function request()
  asked = asked % #requests + 1
  return requests[asked]
end
`;
}

/** Reads the RESULT line; throws when there is none, or no request was answered. */
export function parseWrkResult(printed: string): LoadResult & { readonly faults: Record<string, number> } {
  const line = /^RESULT (.*)$/m.exec(printed)?.[1];
  if (line === undefined) throw new Error(`wrk printed no result: ${printed}`);
  const result = JSON.parse(line) as Record<WrkField, number>; // Written by the script above.
  if (result.requests === 0) throw new Error('not one request was answered');
  return {
    requests: result.requests,
    requestsPerSecond: (result.requests / result.micros) * 1e6,
    p50Ms: result.p50 / 1_000,
    p99Ms: result.p99 / 1_000,
    faults: {
      'wrong answers': result.wrong,
      'failed connections': result.connect,
      'failed reads': result.read,
      'failed writes': result.write,
      timeouts: result.timeout,
    },
  };
}

type WrkField = 'requests' | 'micros' | 'p50' | 'p99' | 'wrong' | 'connect' | 'read' | 'write' | 'timeout';

/** A Lua long string: nothing in it is special but its own end, which JSON and header values never hold. */
function quote(text: string): string {
  return `[====[${text}]====]`;
}
