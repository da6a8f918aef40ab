// A connection over which GetItem is called, one call at a time.
import { createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { getItemAnswer } from '../calls/get-item.ts';
import { createMessageReader } from '../http1/message-reader.ts';

interface ItemAnswer {
  readonly status: number;
  /** Status 200, and the expected body, byte for byte. */
  readonly isRight: boolean;
}

export interface ItemClient {
  /** One at a time. Rejects when the connection ends first. */
  call(request: Buffer): Promise<ItemAnswer>;
  close(): void;
}

export function createItemClient(socket: TLSSocket): ItemClient {
  let settle: { resolve(answer: ItemAnswer): void; reject(err: Error): void } | undefined;
  let status = 0;
  let body: Buffer | undefined;
  const read = createMessageReader({
    onHead: (head) => {
      status = Number(head.slice(9, 12));
      body = undefined;
    },
    onData: (piece) => {
      body = body ? Buffer.concat([body, piece]) : piece;
    },
    onEnd: () => {
      const { resolve } = settle ?? {};
      settle = undefined;
      resolve?.({ status, isRight: status === 200 && body !== undefined && expected.equals(body) });
    },
  });
  const fail = (err: Error) => {
    const { reject } = settle ?? {};
    settle = undefined;
    reject?.(err);
    socket.destroy();
  };
  socket.on('data', (bytes: Buffer) => {
    try {
      read(bytes);
    } catch (err) {
      fail(err instanceof Error ? err : new Error(String(err)));
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection ended before the answer')));
  return {
    call: (request) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the connection has ended'));
        settle = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      settle = undefined;
      socket.destroy();
    },
  };
}

const expected = Buffer.from(getItemAnswer);

/** One for each authority, kept. */
export const secureContextOf: (authority: string) => SecureContext = (() => {
  const known = new Map<string, SecureContext>();
  return (authority: string) => {
    const context = known.get(authority) ?? createSecureContext({ ca: authority });
    known.set(authority, context);
    return context;
  };
})();
