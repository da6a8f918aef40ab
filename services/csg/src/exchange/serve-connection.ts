// One client, call by call, for as long as its connection lasts.
import { parseRequestHead } from '../http1/parse-request-head.ts';
import { type HeadText, readHead } from '../http1/read-head.ts';
import type { Call } from './call.ts';
import { type ExchangeDeps, exchange } from './exchange.ts';
import { openCall } from './open-call.ts';
import { RefusedCall } from './refused-call.ts';
import type { ServedConnection } from './served-connection.ts';
import { writeRefusal } from './write-refusal.ts';

export interface ServeDeps extends ExchangeDeps {
  /** Takes what is known of a call when it is over. */
  readonly record: (call: Call) => void;
  /** True once the process is told to stop: connections end after the call that is under way. */
  readonly isStopping: () => boolean;
  readonly limits: ConnectionTimes;
}

interface ConnectionTimes {
  /** Between two calls. */
  readonly keepAliveMs: number;
  /** From the first byte of a head to its last one. */
  readonly headMs: number;
  readonly headBytesMax: number;
  /** Nothing moves while a body is on its way. */
  readonly idleMs: number;
}

/** Resolves when the connection is over. Never rejects. */
export async function serveConnection(deps: ServeDeps, connection: ServedConnection): Promise<void> {
  const { wire } = connection;
  const { limits } = deps;
  for (;;) {
    wire.idleTimeout(limits.keepAliveMs);
    connection.isIdle = wire.peek().length === 0;
    const read = await readHead(wire, {
      bytesMax: limits.headBytesMax,
      withinMs: limits.headMs,
      nowMs: () => deps.clock.nowMs(),
      cutsSilence: true,
    });
    if (read.kind === 'closed' || read.kind === 'cut') break;
    connection.isIdle = false;
    wire.idleTimeout(limits.idleMs);
    const fate = await serveCall(deps, connection, read);
    if (fate === 'close' || deps.isStopping()) break;
  }
  await endPolitely(connection);
}

type Arrived = Exclude<HeadText, { kind: 'closed' | 'cut' }>;

async function serveCall(
  deps: ServeDeps,
  connection: ServedConnection,
  read: Arrived,
): Promise<'keep' | 'close'> {
  const head = read.kind === 'head' ? parseRequestHead(read.text) : undefined;
  const call = openCall(deps.clock, connection, head);
  const fate = head
    ? await exchange(deps, call)
    : await writeRefusal(deps, call, { refusal: unreadable(read), isBodyUnread: true });
  deps.record(call);
  return fate;
}

function unreadable(read: Arrived): RefusedCall {
  switch (read.kind) {
    case 'too-large':
      return new RefusedCall(
        'malformed-request',
        'The header of the request is larger than this gateway takes.',
      );
    case 'too-slow':
      return new RefusedCall('malformed-request', 'The header of the request did not come in time.');
    case 'head':
      return new RefusedCall(
        'malformed-request',
        'This is no HTTP/1.1 request that can be read in one way only.',
      );
  }
}

const lingerMs = 1000;
const lingerBytesMax = 1024 * 1024;

/**
 * Ends our side and goes on reading for a moment: closing at once, with bytes unread, would take the last answer away
 * from a client that is still sending.
 */
async function endPolitely({ wire }: ServedConnection): Promise<void> {
  if (!wire.broken) {
    wire.socket.end();
    wire.idleTimeout(lingerMs);
    let unread = 0;
    do {
      unread += wire.peek().length;
      wire.consume(wire.peek().length);
    } while (unread < lingerBytesMax && (await wire.more()));
  }
  wire.socket.destroy();
}
