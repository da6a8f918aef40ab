// A TCP connection on which a test writes what it likes, also the TLS of a real client.
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { eventually } from '@cloud-gateway/test-support';

export class RawClient {
  readonly socket: Socket;
  /** What has arrived, one character a byte. */
  text = '';
  isClosed = false;

  private constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', this.#onData);
    this.socket.on('close', () => {
      this.isClosed = true;
    });
    this.socket.on('error', () => undefined);
  }

  static async open(port: number): Promise<RawClient> {
    const client = new RawClient(port);
    await new Promise((resolve) => client.socket.once('connect', resolve).once('close', resolve));
    return client;
  }

  /** Asks for a tunnel and waits for the answer. */
  static async connect(port: number, host: string): Promise<RawClient> {
    const client = await RawClient.open(port);
    await client.send(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`).receives('\r\n\r\n');
    return client;
  }

  send(data: string | Buffer): this {
    this.socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
    return this;
  }

  /** Sends the pieces one by one, each in a segment of its own. */
  async drip(pieces: readonly Buffer[]): Promise<void> {
    for (const piece of pieces) {
      await new Promise<void>((resolve) => this.socket.write(piece, () => resolve()));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Waits until this is in what has arrived; gives all of it. */
  async receives(part: string): Promise<string> {
    const message = `${JSON.stringify(part)} did not come`;
    await eventually(() => this.text.includes(part), { message, intervalMs: 5 });
    return this.text;
  }

  /** Waits until the other side has closed; everything that has arrived. */
  async ends(): Promise<string> {
    await eventually(() => this.isClosed, { message: 'Left open' });
    return this.text;
  }

  /** Goes on as a TLS client; rejects with what the handshake fails with. */
  startTls(options: ConnectionOptions): Promise<TLSSocket> {
    this.socket.off('data', this.#onData);
    return new Promise((resolve, reject) => {
      const tls = connectTls({ ...options, socket: this.socket });
      tls.once('secureConnect', () => resolve(tls));
      tls.on('error', reject);
      tls.once('close', () => reject(new Error('closed in the handshake')));
    });
  }

  close(): void {
    this.socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    this.text += chunk.toString('latin1');
  };
}

/** The answer to one request on a TLS connection, and the ticket that came with it. */
export async function ask(tls: TLSSocket): Promise<{ text: string; session: Buffer | undefined }> {
  let text = '';
  let session: Buffer | undefined;
  tls.on('session', (ticket: Buffer) => {
    session = ticket;
  });
  tls.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  tls.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually(() => text.endsWith('\n') && text.includes('\r\n\r\n'), { intervalMs: 2 });
  // TLS 1.2 has the ticket in the handshake.
  return { text, session: session ?? tls.getSession() };
}
