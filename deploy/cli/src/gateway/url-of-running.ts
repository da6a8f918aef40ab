import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import { cliConfigSchema } from './cli-settings.ts';
import { noGatewayHere } from './no-gateway-here.ts';
import { readRunningGateway } from './running-gateway.ts';

/** The address of the edge that runs here. Throws an Error that says what to do when there is none. */
export async function urlOfRunning(): Promise<string> {
  const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, readEnvironment());
  const running = await readRunningGateway(dataDir);
  if (!running) throw new Error(`${await noGatewayHere(dataDir)} Or give an address with --url.`);
  if (!running.edgeUrl)
    throw new Error(`Process ${running.pid} runs no edge. Give the address of one with --url.`);
  return running.edgeUrl;
}
