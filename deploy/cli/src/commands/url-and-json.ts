import type { Command } from 'commander';
import { gatewayUrl } from './gateway-url.ts';

/** The options of every command that asks a gateway, over HTTP or AMQP. */
export interface UrlAndJson {
  readonly url?: string;
  readonly json?: boolean;
}

export function addUrlAndJson(command: Command): Command {
  return command
    .option(
      '--url <url>',
      'the gateway, or its broker; without: GATEWAY_URL, or the one running here',
      gatewayUrl,
    )
    .option('--json', 'one JSON object a line');
}
