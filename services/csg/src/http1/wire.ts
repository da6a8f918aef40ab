// One socket as the proxy works on it: bytes are pulled when they are wanted, and writing waits while the other side
// does not read. So whatever the size of a body, only a few of its pieces are in memory.
import type { Socket } from 'node:net';

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
  /** Takes off all listeners, so that the socket can be given to somebody else. Nothing may be left unread. */
  detach(): void;
}

const none = Buffer.alloc(0);
/** So much may wait unread before the other side is made to stop. */
const highWaterBytes = 64 * 1024;

export function createWire(socket: Socket, early: Buffer = none): Wire {
  let buffer = early;
  let broken = socket.destroyed;
  let timedOut = false;
  let paused = false;
  let wakeReader: ((arrived: boolean) => void) | undefined;
  let wakeWriter: (() => void) | undefined;
  let brokenCallback: (() => void) | undefined;

  function wake(arrived: boolean): void {
    const resolve = wakeReader;
    wakeReader = undefined;
    resolve?.(arrived);
  }

  function onData(chunk: Buffer): void {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    if (wakeReader) wake(true);
    else if (buffer.length >= highWaterBytes) {
      paused = true;
      socket.pause();
    }
  }

  function onDrain(): void {
    const resolve = wakeWriter;
    wakeWriter = undefined;
    resolve?.();
  }

  function onGone(): void {
    if (broken) return;
    broken = true;
    wake(false);
    onDrain();
    const callback = brokenCallback;
    brokenCallback = undefined;
    callback?.();
  }

  function onTimeout(): void {
    timedOut = true;
    socket.destroy();
    onGone();
  }

  socket.on('data', onData);
  socket.on('drain', onDrain);
  socket.on('end', onGone);
  socket.on('error', onGone);
  socket.on('close', onGone);
  socket.on('timeout', onTimeout);

  return {
    socket,
    get broken() {
      return broken;
    },
    get timedOut() {
      return timedOut;
    },
    idleTimeout(ms) {
      socket.setTimeout(ms);
    },
    peek: () => buffer,
    consume(bytes) {
      buffer = bytes >= buffer.length ? none : buffer.subarray(bytes);
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
      if (broken || (typeof bytes === 'string' ? socket.write(bytes, 'latin1') : socket.write(bytes))) {
        return undefined;
      }
      return new Promise((resolve) => {
        wakeWriter = resolve;
      });
    },
    onBroken(callback) {
      if (broken) callback?.();
      else brokenCallback = callback;
    },
    detach() {
      socket.off('data', onData);
      socket.off('drain', onDrain);
      socket.off('end', onGone);
      socket.off('error', onGone);
      socket.off('close', onGone);
      socket.off('timeout', onTimeout);
    },
  };
}
