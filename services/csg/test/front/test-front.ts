import { type Clock, systemClock } from '@cloud-gateway/clock';
import { type LogEntry, loggerTo } from '@cloud-gateway/test-support';
import { createContextCache } from '../../src/certificates/create-context-cache.ts';
import { createLeafMinter } from '../../src/certificates/create-leaf-minter.ts';
import type { Root } from '../../src/certificates/root.ts';
import { createTicketKeys } from '../../src/certificates/ticket-keys.ts';
import type { ClientConnection } from '../../src/front/client-connection.ts';
import { type Front, type FrontOptions, startFront } from '../../src/front/start-front.ts';
import { createTestRoot } from '../certificates/test-root.ts';

export interface TestFront {
  readonly front: Front;
  readonly port: number;
  readonly root: Root;
  readonly logged: readonly LogEntry[];
  /** What was handed on. */
  readonly opened: readonly ClientConnection[];
  stop(): Promise<void>;
}

export const awsHost = 'dynamodb.us-east-1.amazonaws.com';
export const gatewayName = 'gateway.example.com';

export type TestFrontOptions = Partial<FrontOptions> & { readonly root?: Root };

/** A front that lets everything of AWS through, and answers every request with its mode and host. */
export async function startTestFront(options: TestFrontOptions = {}): Promise<TestFront> {
  const clock: Clock = options.clock ?? systemClock;
  const root = options.root ?? createTestRoot(clock);
  const logged: LogEntry[] = [];
  const opened: ClientConnection[] = [];
  const ticketKeys = createTicketKeys(root.privateKey);
  const front = await startFront({
    host: '127.0.0.1',
    port: 0,
    contexts: createContextCache({
      minter: createLeafMinter({ root, clock }),
      ticketKeys,
      clock,
      contextsMax: 100,
    }),
    gatewayNames: [gatewayName, 'localhost'],
    admit: (host, port) =>
      host.endsWith('.amazonaws.com') && port === 443
        ? { ok: true }
        : { ok: false, message: 'Only AWS endpoints can be reached, on port 443.' },
    openingTimeoutMs: 10_000,
    headBytesMax: 16_384,
    connectionsMax: 10_000,
    connectionsPerClientMax: 10_000,
    clock,
    log: loggerTo((entry) => logged.push(entry)),
    onConnection: (connection) => {
      opened.push(connection);
      answerRequests(connection);
    },
    ...options,
    root,
  });
  return {
    front,
    port: front.port,
    root,
    logged,
    opened,
    stop: () => {
      const closed = front.close();
      front.destroyConnections();
      return closed;
    },
  };
}

/** Answers what ends like a request's head; enough for curl and the others. */
function answerRequests({ socket, mode, host }: ClientConnection): void {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (!text.endsWith('\r\n\r\n')) return;
    text = '';
    const body = `${mode} ${host} ${socket.isSessionReused() ? 'resumed' : 'full'}\n`;
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
}
