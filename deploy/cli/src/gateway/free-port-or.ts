import { createServer } from 'node:net';

/** The configured port; else the usual one when it is free; else 0, by which the system chooses one. */
export async function freePortOr(configured: string | undefined, usual: number): Promise<number> {
  if (configured) return Number(configured);
  return (await isFree(usual)) ? usual : 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
