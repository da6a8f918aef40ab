import { existsSync } from 'node:fs';
import path from 'node:path';
import { readRunningGateway } from '../gateway/running-gateway.ts';
import { logFileName } from '../logging/open-log-of-gateway.ts';

/** The log of the gateway that runs here or has run here, the older part of it first. */
export async function findLogFiles(dataDir: string): Promise<string[]> {
  const running = await readRunningGateway(dataDir);
  const file = running?.logFile ?? path.join(dataDir, logFileName);
  return [`${file}.1`, file].filter((name) => existsSync(name));
}
