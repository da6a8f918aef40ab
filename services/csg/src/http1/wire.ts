// One socket as the proxy works on it: bytes are pulled when they are wanted, and writing waits while the other side
// does not read. So whatever the size of a body, only a few of its pieces are in memory.
import type { Socket } from 'node:net';
import { createIdleSweep, type WatchedWire } from './idle-sweep.ts';

export interface Wire {
  readonly socket: Socket;
  /** What has arrived and is not consumed yet. */
  peek(): Buffer;
  /** Drops the first bytes of what peek() shows. */
  consume(bytes: number): void;
  /** Waits until more has arrived than there was; false when nothing will come any more. Never rejects. */
  more(): Promise<boolean>;
  /** Undefined when the bytes were taken at once, else a promise of room. After a failure it does nothing. */
  write(bytes: Buffer | string): Promise<void> | undefined;
  /** Calls back once when the connection fails or is closed by the other side; undefined takes that back. */
  onBroken(callback: (() => void) | undefined): void;
  /** True when the connection failed, was closed or ended. */
  readonly broken: boolean;
  /** True when it is broken because nothing moved for as long as idleTimeout() allows. */
  readonly timedOut: boolean;
  /** Breaks the connection when nothing moves on it for so long, in milliseconds. */
  idleTimeout(ms: number): void;
  /** Stops listening for data and for idleness, so that somebody else can hold the socket. Nothing may be left unread. */
  detach(): void;
  /** Listens again. */
  attach(): void;
}

const none = Buffer.alloc(0);
/** So much may wait unread before the other side is made to stop. */
const highWaterBytes = 64 * 1024;
/** So much may wait to be sent before a writer is made to wait. */
const roomBytes = 128 * 1024;
/** A piece of this size is one of many: it was a whole TLS record, or nearly. */
const bulkBytes = 12 * 1024;

/** One for all wires of the process. */
const sweep = createIdleSweep();
const wires = new WeakMap<Socket, Wire>();

/**
 * The wire of a socket: the same one again after detach(), so that a connection that is used for many calls is not
 * fitted out for each of them.
 */
export function wireOf(socket: Socket): Wire {
  const known = wires.get(socket);
  if (known) {
    known.attach();
    return known;
  }
  const wire = createWire(socket);
  wires.set(socket, wire);
  return wire;
}

export function createWire(socket: Socket): Wire {
  let pieces: Buffer[] = [];
  let unread = 0;
  let broken = socket.destroyed;
  let timedOut = false;
  let isAttached = false;
  let isGathering = false;
  let paused = false;
  let wakeReader: ((arrived: boolean) => void) | undefined;
  let wakeWriter: (() => void) | undefined;
  let brokenCallback: (() => void) | undefined;
  const idle: WatchedWire = { limitMs: 0, movedAtMs: 0, onIdle };

  function peek(): Buffer {
    if (pieces.length > 1) pieces = [Buffer.concat(pieces, unread)];
    return pieces[0] ?? none;
  }

  function wake(arrived: boolean): void {
    const resolve = wakeReader;
    wakeReader = undefined;
    resolve?.(arrived);
  }

  function onData(chunk: Buffer): void {
    // Somebody else holds the socket. Taking the listener off and putting it on again for every call would cost more.
    if (!isAttached) return;
    idle.movedAtMs = sweep.nowMs;
    pieces.push(chunk);
    unread += chunk.length;
    if (wakeReader) wake(true);
    else if (unread >= highWaterBytes) {
      paused = true;
      socket.pause();
    }
  }

  function onDrain(): void {
    idle.movedAtMs = sweep.nowMs;
    const resolve = wakeWriter;
    wakeWriter = undefined;
    resolve?.();
  }

  /** The pieces of one turn of the event loop go out together: each by itself would cost a system call. */
  function gather(): void {
    if (isGathering) return;
    isGathering = true;
    socket.cork();
    setImmediate(() => {
      isGathering = false;
      socket.uncork();
    });
  }

  function onGone(): void {
    if (broken) return;
    broken = true;
    sweep.forget(idle);
    wake(false);
    onDrain();
    const callback = brokenCallback;
    brokenCallback = undefined;
    callback?.();
  }

  function onIdle(): void {
    timedOut = true;
    socket.destroy();
    onGone();
  }

  function attach(): void {
    if (broken) return;
    isAttached = true;
    sweep.watch(idle);
  }

  socket.on('data', onData);
  socket.on('drain', onDrain);
  socket.on('end', onGone);
  socket.on('error', onGone);
  socket.on('close', onGone);
  attach();

  return {
    socket,
    attach,
    get broken() {
      return broken;
    },
    get timedOut() {
      return timedOut;
    },
    idleTimeout(ms) {
      idle.limitMs = ms;
      idle.movedAtMs = sweep.nowMs;
    },
    peek,
    consume(bytes) {
      if (bytes >= unread) {
        pieces = [];
        unread = 0;
      } else if (bytes > 0) {
        pieces = [peek().subarray(bytes)];
        unread -= bytes;
      }
    },
    more() {
      if (broken) return Promise.resolve(false);
      if (paused) {
        paused = false;
        socket.resume();
      }
      return new Promise((resolve) => {
        wakeReader = resolve;
      });
    },
    write(bytes) {
      if (broken) return undefined;
      if (bytes.length >= bulkBytes) gather();
      if (typeof bytes === 'string') socket.write(bytes, 'latin1');
      else socket.write(bytes);
      if (socket.writableLength <= roomBytes) return undefined;
      return new Promise((resolve) => {
        wakeWriter = resolve;
      });
    },
    onBroken(callback) {
      if (broken) callback?.();
      else brokenCallback = callback;
    },
    detach() {
      isAttached = false;
      sweep.forget(idle);
    },
  };
}
