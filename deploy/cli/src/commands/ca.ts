import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { openClient } from '../client/open-client.ts';
import { useClient } from '../client/use-client.ts';
import { createOutput } from '../output/output.ts';
import { gatewayUrl } from './gateway-url.ts';

interface CaOptions {
  readonly url?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function addCaCommand(program: Command): void {
  program
    .command('ca')
    .description('print the root certificate of the proxy, for AWS_CA_BUNDLE')
    .option(
      '--url <url>',
      'address of the gateway; without: GATEWAY_URL, or the one running here',
      gatewayUrl,
    )
    .option('--out <file>', 'write it to a file instead')
    .option('--json', 'one JSON object, with the fingerprints')
    .action(runCa);
}

async function runCa(options: CaOptions): Promise<void> {
  const { items } = await useClient(openClient({ ...options, as: {} }), (client) =>
    client.call('certificate-authority-list', {}),
  );
  if (items.length === 0) {
    throw new Error('No proxy of this gateway has ever run: start one with `cloud-gateway start csg`.');
  }
  const pem = items.map((item) => item.pem.trimEnd()).join('\n');
  if (options.out) await writeFile(options.out, `${pem}\n`);
  const fingerprints = items.map((item) => item.sha256Fingerprint).join(', ');
  const text = options.out ? `${options.out} holds the root certificate ${fingerprints}.` : pem;
  createOutput(options).result({ items, ...(options.out && { file: options.out }) }, text);
}
