import { createServer } from 'node:net';

/** The usual port when it is free, else 0, by which the system chooses one. */
export async function freePortOrAny(usual: number): Promise<number> {
  return (await isFree(usual)) ? usual : 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
