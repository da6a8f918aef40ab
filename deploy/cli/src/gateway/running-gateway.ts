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
  adminUrl: z.string(),
  databaseUrl: z.string(),
  amqpUrl: z.string(),
  masterKeyFile: z.string(),
});

export type RunningGateway = z.infer<typeof runningGatewaySchema>;

export async function writeRunningGateway(dataDir: string, gateway: RunningGateway): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, `${JSON.stringify(gateway, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Undefined when none runs here: no file, or that of a process that has died. */
export async function readRunningGateway(dataDir: string): Promise<RunningGateway | undefined> {
  try {
    const gateway = runningGatewaySchema.parse(JSON.parse(await readFile(fileIn(dataDir), 'utf8')));
    process.kill(gateway.pid, 0);
    return gateway;
  } catch {
    return undefined;
  }
}

export async function forgetRunningGateway(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'gateway.json');
}
