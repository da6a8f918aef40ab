// Ports below the range from which the kernel takes the local end of outgoing connections (32768 and up on Linux): a
// server that is stopped finds its port free when it comes back, and a client that tries it meanwhile cannot be
// connected to itself, which loopback allows.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EmbeddedServersError } from './embedded-servers-error.ts';

const lowestPort = 20_000;
const highestPort = 32_000;

/** Finds a port that nobody listens on now. Somebody may still be quicker: see the retry where servers are started. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(lowestPort, highestPort);
    if (await isPortFree(port)) return port;
  }
  throw new EmbeddedServersError(`No free port between ${lowestPort} and ${highestPort} on 127.0.0.1`);
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
