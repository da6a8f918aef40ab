// A TCP connection on which a test writes bytes that no HTTP client would.
import { connect, type Socket } from 'node:net';
import { eventually } from '@cloud-gateway/test-support';

export class RawConnection {
  readonly socket: Socket;
  /** What has arrived, one character a byte. */
  text = '';
  /** The other side has closed its half, or everything. */
  isEnded = false;
  isClosed = false;

  private constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk) => {
      this.text += String(chunk);
    });
    this.socket.on('end', () => {
      this.isEnded = true;
    });
    this.socket.on('close', () => {
      this.isClosed = true;
    });
    this.socket.on('error', () => undefined);
  }

  static async open(port: number): Promise<RawConnection> {
    const connection = new RawConnection(port);
    await new Promise((resolve) => connection.socket.once('connect', resolve));
    return connection;
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Waits for `pattern` in what has arrived. */
  async receives(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray> {
    return eventually(() => pattern.exec(this.text) ?? undefined, {
      message: `Nothing like ${pattern} came`,
      ...(timeoutMs && { timeoutMs }),
    });
  }

  /** Waits until the other side has ended, and ends as well; everything that has arrived. */
  async ends(timeoutMs?: number): Promise<string> {
    const patience = timeoutMs ? { timeoutMs } : {};
    await eventually(() => this.isEnded || this.isClosed, { message: 'Left open', ...patience });
    this.socket.end();
    await eventually(() => this.isClosed, { message: 'Left half open', ...patience });
    return this.text;
  }

  close(): void {
    this.socket.destroy();
  }
}
