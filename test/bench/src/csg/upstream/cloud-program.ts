// The cloud of the benchmark: a TLS server that answers GetItem and takes and gives objects. It does as little as it can,
// so that what stands before it is measured. Told to check, it refuses every request that its own key has not signed.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { AccessKey } from '../calls/access-key.ts';
import { createRequestChecker, type RequestChecker } from './create-request-checker.ts';
import { serveCloudConnection } from './serve-cloud-connection.ts';

/** What the cloud has seen since it was asked last. */
export interface CloudCounts {
  readonly requests: number;
  readonly refused: number;
}

export interface CloudMethods {
  [name: string]: (input: never) => unknown;
  start(input: { readonly certificateFile: string; readonly keyFile: string }): Promise<{ port: number }>;
  /** Undefined: whatever comes is answered. */
  check(input: AccessKey | undefined | null): void;
  takeCounts(input: null): CloudCounts;
}

export function createCloudProgram(): CloudMethods {
  let checker: RequestChecker | undefined;
  let counts = { requests: 0, refused: 0 };

  return {
    async start({ certificateFile, keyFile }) {
      const server = createServer({
        cert: await readFile(certificateFile),
        key: await readFile(keyFile),
        ALPNProtocols: ['http/1.1'],
      });
      server.on('secureConnection', (socket: TLSSocket) =>
        serveCloudConnection(socket, {
          checker: () => checker,
          onAnswer: (isRefused) => {
            counts.requests++;
            if (isRefused) counts.refused++;
          },
        }),
      );
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return { port: (server.address() as AddressInfo).port };
    },

    check(key) {
      checker = key ? createRequestChecker(key) : undefined;
    },

    takeCounts() {
      const taken = counts;
      counts = { requests: 0, refused: 0 };
      return taken;
    },
  };
}
