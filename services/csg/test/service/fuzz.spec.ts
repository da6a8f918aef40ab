// Requests that were right and are spoiled at random, a great many of them. GATEWAY_FUZZ_REQUESTS says how many;
// GATEWAY_FUZZ_SEED repeats a run.
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { createRandom, mutateRequest } from './mutate-request.ts';
import { heapBytes, openFiles } from './resources.ts';
import { signedParts } from './signed-parts.ts';
import {
  bytesOf,
  type Draft,
  drafts,
  presign,
  sign,
  signChunked,
  type WireRequest,
} from './signed-request.ts';
import { startProxy, type TestProxy } from './start-proxy.ts';
import { takeAnswer } from './take-answer.ts';
import { TunnelClient } from './tunnel-client.ts';

const requestCount = Number(process.env['GATEWAY_FUZZ_REQUESTS'] ?? 2500);
const seed = Number(process.env['GATEWAY_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const lanes = 12;
const answerWithinMs = 10_000;
/** So long an incomplete request is left alone before its connection is closed. */
const patienceMs = 15;

describe(`${requestCount} spoiled requests (seed ${seed})`, function () {
  this.timeout(Math.max(serverStartTimeoutMs, requestCount * 20));
  let proxy: TestProxy;

  before(async () => {
    proxy = await startProxy();
  });
  after(async () => {
    await proxy?.stop();
  });

  it('are refused, or mean what was signed; no 5xx, no hang, nothing is left behind', async () => {
    const { upstream } = proxy;
    const sources = requestSources(proxy);
    const known = new Set(sources.map(({ make }) => signedParts(make())));
    const counts = { sent: 0, answered: 0, refused: 0, forwarded: 0, silent: 0, closed: 0, connections: 0 };
    const faults: string[] = [];
    upstream.reply = (request, socket) => {
      counts.forwarded += 1;
      if (!known.has(signedParts(request))) faults.push(`forwarded: ${JSON.stringify(signedParts(request))}`);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      if (counts.forwarded % 500 === 0) upstream.forget();
    };

    await fuzz(300, 1);
    const before = { fds: openFiles(), heap: heapBytes() };
    const startedAtMs = performance.now();
    await fuzz(requestCount, lanes);
    const seconds = (performance.now() - startedAtMs) / 1000;
    upstream.forget();

    if (faults.length > 0) expect.fail(faults.join('\n'));
    expect(proxy.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
    expect(counts.refused, 'refused').to.be.above(requestCount / 4);
    expect(counts.forwarded, 'those that still mean the same').to.be.above(requestCount / 100);
    // The cloud's connections of the pool stay for a while; a tunnel each would be thousands.
    await eventually(() => expect(openFiles()).to.be.at.most(before.fds + lanes + sources.length), {
      timeoutMs: 20_000,
    });
    await eventually(() => expect(heapBytes() - before.heap).to.be.below(24_000_000), { timeoutMs: 20_000 });
    if (process.env['GATEWAY_FUZZ_REQUESTS'] !== undefined)
      console.log(`${JSON.stringify(counts)} in ${seconds.toFixed(1)} s, heap +${heapBytes() - before.heap}`);

    async function fuzz(count: number, width: number): Promise<void> {
      let left = count;
      const lane = async (number: number): Promise<void> => {
        const next = createRandom(seed * 1000 + number + count);
        const source = sources[number % sources.length] as RequestSource;
        let connection: FuzzConnection | undefined;
        while (left > 0 && faults.length === 0) {
          left -= 1;
          const other = sources[Math.floor(next() * sources.length)] as RequestSource;
          const material = { request: textOf(source.make()), other: textOf(other.make()) };
          const { name, bytes } = mutateRequest(material, next);
          if (connection === undefined || connection.isOver) {
            connection = await openFuzzConnection(proxy, source.host);
            counts.connections += 1;
          }
          counts.sent += 1;
          const outcome = await connection.try(piecesOf(bytes, next));
          counts[outcome] += 1;
          counts.refused += connection.takeRefusals();
          const fault = connection.fault ?? (outcome !== 'answered' && isWhole(bytes) ? outcome : undefined);
          if (fault !== undefined) faults.push(`${fault} to ${name}: ${connection.history()}`);
          // What is left of it in the proxy would be the beginning of the next one.
          if (!isExactlyOne(bytes)) connection.close();
        }
        connection?.close();
      };
      await Promise.all(Array.from({ length: width }, (_, number) => lane(number)));
    }
  });
});

interface RequestSource {
  readonly host: string;
  make(): WireRequest;
}

/** Valid requests of all kinds, signed now. */
function requestSources({ key }: TestProxy): RequestSource[] {
  const unsigned: Draft = { ...drafts.s3, payload: 'UNSIGNED-PAYLOAD' };
  const data = [Buffer.alloc(3000, 'a'), Buffer.alloc(10, 'b')];
  return [
    ...Object.values(drafts).map((draft: Draft) => ({ host: draft.host, make: () => sign(draft, key) })),
    { host: unsigned.host, make: () => sign(unsigned, key) },
    { host: drafts.s3Get.host, make: () => presign(drafts.s3Get, key) },
    { host: drafts.s3.host, make: () => signChunked(drafts.s3, key, { data }) },
  ];
}

function textOf(request: WireRequest): string {
  return bytesOf(request).toString('latin1');
}

/** As one piece, or in odd ones. */
function piecesOf(bytes: Buffer, next: () => number): Buffer[] {
  if (next() < 0.8) return [bytes];
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + Math.floor(next() * Math.max(1, bytes.length / 3));
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

/** A reader that takes everything in the way most favourable to an answer: what is whole for it has to be answered. */
function isWhole(bytes: Buffer): boolean {
  const text = bytes.toString('latin1').replace(/^(\r\n)+/, '');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = text.slice(0, end);
  if (/transfer-encoding|expect/i.test(head)) return false;
  const lengths = [...head.matchAll(/content-length\s*:\s*(\d+)/gi)].map(([, digits]) => Number(digits));
  return text.length - end - 4 >= Math.max(0, ...lengths);
}

function isExactlyOne(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const lengths = [...text.slice(0, end).matchAll(/\r\ncontent-length: (\d+)(?=\r|$)/gi)].map(([, digits]) =>
    Number(digits),
  );
  return (
    end >= 0 &&
    lengths.length <= 1 &&
    text.length - end - 4 === (lengths[0] ?? 0) &&
    !/transfer-encoding/i.test(text)
  );
}

interface FuzzConnection {
  /** Sends the pieces; gives what came of them. */
  try(pieces: readonly Buffer[]): Promise<'answered' | 'closed' | 'silent'>;
  /** How many answers were refusals since it was asked last. */
  takeRefusals(): number;
  readonly isOver: boolean;
  /** What was sent on it, in the end. */
  history(): string;
  /** Something that must not be. */
  readonly fault: string | undefined;
  close(): void;
}

const sessions = new Map<string, Buffer>();

async function openFuzzConnection({ port, rootPem }: TestProxy, host: string): Promise<FuzzConnection> {
  const session = sessions.get(host);
  const client = await TunnelClient.open({ port, rootPem, host, ...(session && { session }) });
  client.tls.on('session', (ticket: Buffer) => sessions.set(host, ticket));
  const { tls } = client;
  tls.removeAllListeners('data');
  let received: Buffer = Buffer.alloc(0);
  let answers = 0;
  let refusals = 0;
  let isEnding = false;
  const sent: string[] = [];
  let fault: string | undefined;
  let wake: (() => void) | undefined;
  tls.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    for (let taken = take(); taken !== undefined; taken = take()) {
      received = received.subarray(taken.usedBytes);
      const { status, text, headers } = taken.answer;
      if (status === 100) continue;
      if (headers['connection'] === 'close') isEnding = true;
      answers += 1;
      if (status >= 400) refusals += 1;
      if (status >= 500) fault ??= `${status} ${text}`;
    }
    wake?.();
  });
  for (const event of ['end', 'close', 'error'] as const) tls.on(event, () => wake?.());

  function take() {
    try {
      return takeAnswer(received, { isHead: false, isEnded: false });
    } catch (err) {
      // The answer to HEAD has no body, and this reader does not know of it; the flip of GET into HEAD is not made.
      fault ??= `an answer that is none: ${err}`;
      return undefined;
    }
  }

  function isOver(): boolean {
    return isEnding || tls.destroyed || tls.readableEnded || client.ended !== undefined;
  }

  async function wait(withinMs: number, done: () => boolean): Promise<boolean> {
    const endMs = performance.now() + withinMs;
    while (!done()) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return true;
  }

  return {
    async try(pieces) {
      const before = answers;
      sent.push(Buffer.concat(pieces).toString('latin1'));
      for (const piece of pieces) {
        tls.write(piece);
        if (pieces.length > 1) await new Promise((resolve) => setImmediate(resolve));
      }
      const patience = isWhole(Buffer.concat(pieces)) ? answerWithinMs : patienceMs;
      await wait(patience, () => answers > before || isOver());
      if (answers > before) return 'answered';
      return isOver() ? 'closed' : 'silent';
    },
    takeRefusals() {
      const taken = refusals;
      refusals = 0;
      return taken;
    },
    get isOver() {
      return isOver();
    },
    history: () => JSON.stringify([...sent.slice(-4), `received: ${received.toString('latin1')}`]),
    get fault() {
      return fault;
    },
    close: () => client.close(),
  };
}
