import path from 'node:path';
import { readRunningGateway } from './running-gateway.ts';

/** Where the demo keeps its own data, apart from that of a real gateway in the same folder. */
export function demoDataDir(dataDir: string): string {
  return path.join(dataDir, 'demo');
}

/** The sentence for whoever asks after a gateway that does not run: what to do, and where the demo is if that runs. */
export async function noGatewayHere(dataDir: string): Promise<string> {
  const demo = demoDataDir(dataDir);
  return (await readRunningGateway(demo))
    ? `No gateway runs from ${dataDir}, but the demo does: set GATEWAY_DATA_DIR=${demo} to ask it.`
    : `No gateway runs from ${dataDir}. Start one with \`cloud-gateway start\`, or name its folder with GATEWAY_DATA_DIR.`;
}
