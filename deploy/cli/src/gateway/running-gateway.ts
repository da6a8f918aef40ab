// `gateway.json`: what a running gateway tells the other commands of this program. It holds the servers' passwords, so
// only its owner may read it; it goes when the gateway stops.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const runningGatewaySchema = z.object({
  pid: z.int(),
  startedAt: z.string(),
  services: z.array(z.string()),
  /** Undefined when this process does not run the edge. */
  edgeUrl: z.string().optional(),
  /** Undefined when it does not run the proxy. */
  proxyUrl: z.string().optional(),
  adminUrl: z.string(),
  databaseUrl: z.string(),
  amqpUrl: z.string(),
  /** Of a given broker whose authority is a private one. */
  amqpCaFile: z.string().optional(),
  /** Of a private broker only: the same over TLS, and the certificate that a client has to trust. */
  amqpsUrl: z.string().optional(),
  amqpCertificateFile: z.string().optional(),
  masterKeyFile: z.string(),
  /** Undefined when the log goes to standard output only. */
  logFile: z.string().optional(),
});

export type RunningGateway = z.infer<typeof runningGatewaySchema>;

export async function writeRunningGateway(dataDir: string, gateway: RunningGateway): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unfinished = `${fileIn(dataDir)}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(gateway, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, fileIn(dataDir));
}

/** Undefined when none runs here: no file, or that of a process that has died. */
export async function readRunningGateway(dataDir: string): Promise<RunningGateway | undefined> {
  const gateway = await readFileIn(dataDir);
  return gateway && isAlive(gateway.pid) ? gateway : undefined;
}

/** Removes what this process has written; of two that serve from one folder, the other's stays. */
export async function forgetRunningGateway(dataDir: string): Promise<void> {
  const gateway = await readFileIn(dataDir);
  if (gateway?.pid === process.pid) await rm(fileIn(dataDir), { force: true });
}

async function readFileIn(dataDir: string): Promise<RunningGateway | undefined> {
  try {
    return runningGatewaySchema.parse(JSON.parse(await readFile(fileIn(dataDir), 'utf8')));
  } catch {
    return undefined; // There is none, or one that another version wrote.
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'EPERM'; // It lives, as somebody else's.
  }
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'gateway.json');
}
