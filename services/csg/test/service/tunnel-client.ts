// A client of the proxy that writes what a test likes, byte by byte, and reads the answers with a reader of its own.
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { takeAnswer, type WireAnswer } from './take-answer.ts';

export interface TunnelOptions {
  readonly port: number;
  readonly rootPem: string;
  /** Of AWS; or, in endpoint mode, the name under which the gateway is called. */
  readonly host: string;
  /** proxy: through CONNECT. endpoint: TLS straight to the port. Default: proxy. */
  readonly mode?: 'proxy' | 'endpoint';
  readonly session?: Buffer;
  /** In the handshake. Default: the host. */
  readonly serverName?: string;
}

const deadlineMs = 20_000;

export class TunnelClient {
  readonly tls: TLSSocket;
  /** The last ticket of the session. */
  session: Buffer | undefined;
  /** Why nothing comes any more. */
  ended: 'end' | 'error' | 'close' | undefined;
  #received: Buffer = Buffer.alloc(0);
  #wake: (() => void) | undefined;

  private constructor(tls: TLSSocket) {
    this.tls = tls;
    tls.on('data', (bytes: Buffer) => {
      this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
      this.#wake?.();
    });
    tls.on('session', (ticket: Buffer) => {
      this.session = ticket;
    });
    for (const event of ['error', 'end', 'close'] as const) {
      tls.on(event, () => {
        this.ended ??= event;
        this.#wake?.();
      });
    }
  }

  /** Rejects when there is no tunnel or no TLS. */
  static async open(options: TunnelOptions): Promise<TunnelClient> {
    return new TunnelClient(await openTls(options));
  }

  send(bytes: Buffer | string): this {
    this.tls.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    return this;
  }

  /** Has come, and belongs to no answer that was taken. */
  get unread(): Buffer {
    return this.#received;
  }

  /** The next answer; interim ones (1xx) count. Rejects when the connection ends first, or nothing comes in time. */
  async answer({ isHead = false } = {}): Promise<WireAnswer> {
    return this.#until('an answer', () => {
      const taken = takeAnswer(this.#received, { isHead, isEnded: this.ended !== undefined });
      if (taken === undefined) return undefined;
      this.#received = this.#received.subarray(taken.usedBytes);
      return taken.answer;
    });
  }

  /** Waits until the other side has closed. */
  async closed(): Promise<void> {
    if (this.ended !== undefined) return;
    await this.#until('the end of the connection', () => this.ended);
  }

  close(): void {
    this.tls.destroy();
  }

  async #until<T>(what: string, look: () => T | undefined): Promise<T> {
    const endMs = performance.now() + deadlineMs;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      const seen = JSON.stringify(this.#received.toString('latin1', 0, 200));
      if (this.ended !== undefined) throw new Error(`${what} did not come: ${this.ended}, after ${seen}`);
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) throw new Error(`${what} did not come within ${deadlineMs} ms, after ${seen}`);
      await this.#next(leftMs);
    }
  }

  #next(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, withinMs);
      this.#wake = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}

async function openTls({
  port,
  rootPem,
  host,
  mode = 'proxy',
  session,
  serverName = host,
}: TunnelOptions): Promise<TLSSocket> {
  const socket = await openSocket(port);
  if (mode === 'proxy') await askForTunnel(socket, host);
  return new Promise((resolve, reject) => {
    const tls = connectTls({
      socket,
      servername: serverName,
      host,
      ca: rootPem,
      ...(session && { session }),
    });
    const timer = setTimeout(() => tls.destroy(new Error('no TLS in time')), deadlineMs);
    tls.setNoDelay(true);
    tls.once('secureConnect', () => {
      clearTimeout(timer);
      tls.off('error', reject);
      tls.off('close', onClose);
      resolve(tls);
    });
    tls.once('error', reject);
    tls.once('close', onClose);
    function onClose(): void {
      clearTimeout(timer);
      reject(new Error('closed in the handshake'));
    }
  });
}

/** A TCP connection to the proxy. */
export function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

export function askForTunnel(socket: Socket, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`);
    socket.on('data', onData);
    socket.once('close', onClose);
    function onData(bytes: Buffer): void {
      text += bytes.toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      socket.off('close', onClose);
      if (text.startsWith('HTTP/1.1 200')) resolve();
      else reject(new Error(`no tunnel to ${host}: ${text.slice(0, 200)}`));
    }
    function onClose(): void {
      reject(new Error(`no tunnel to ${host}: closed`));
    }
  });
}
