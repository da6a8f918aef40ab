import { connectBroker, type DeadLetterDesk, openDeadLetterDesk } from '@cloud-gateway/messaging';
import { createLogger, openVault, readConfig, readEnvironment, vaultSettings } from '@cloud-gateway/runtime';
import type { Command } from 'commander';
import { z } from 'zod';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { readRunningGateway } from '../gateway/running-gateway.ts';
import { createOutput, type Output } from '../output/output.ts';
import { table } from '../output/table.ts';

export function addDeadLetterCommands(program: Command): void {
  const letters = program.command('dead-letters').description('messages that could not be handled');
  letters
    .command('list')
    .description('list them, oldest first')
    .option('--limit <n>', 'how many at the most', Number, 100)
    .option('--json', 'one JSON object a line')
    .action(async (options: { limit: number; json?: boolean }) => {
      const output = outputOf(options);
      const found = await withDesk((desk) => desk.list(options.limit));
      if (options.json) for (const letter of found) output.result({ ...letter }, '');
      else if (found.length === 0) output.result({}, 'There are no dead letters.');
      else {
        const rows = found.map((letter) => [
          letter.messageId,
          letter.at,
          letter.service,
          letter.routingKey,
          letter.reason,
        ]);
        output.result({}, table([['message', 'since', 'service', 'routing key', 'reason'], ...rows]));
      }
    });
  letters
    .command('requeue')
    .description('send one again, under its old id')
    .argument('<message>')
    .option('--json', 'one JSON object')
    .action(async (messageId: string, options: { json?: boolean }) => {
      await withDesk((desk) => desk.requeue(messageId));
      outputOf(options).result({ requeued: messageId }, `${messageId} is in its queue again.`);
    });
  letters
    .command('discard')
    .description('throw one away for good')
    .argument('<message>')
    .option('--json', 'one JSON object')
    .action(async (messageId: string, options: { json?: boolean }) => {
      await withDesk((desk) => desk.discard(messageId));
      outputOf(options).result({ discarded: messageId }, `${messageId} is gone.`);
    });
}

async function withDesk<Result>(use: (desk: DeadLetterDesk) => Promise<Result>): Promise<Result> {
  const environment = readEnvironment();
  const config = readConfig(cliConfigSchema, environment);
  const running = await readRunningGateway(config.GATEWAY_DATA_DIR);
  const url = config.GATEWAY_AMQP_URL?.reveal() ?? running?.amqpUrl;
  if (!url)
    throw new Error(`No gateway runs from ${config.GATEWAY_DATA_DIR}. Start it, or set GATEWAY_AMQP_URL.`);
  const vault = await openVault(
    readConfig(z.object(vaultSettings), {
      ...(running && { GATEWAY_MASTER_KEY_FILE: running.masterKeyFile }),
      ...environment,
    }),
  );
  const log = createLogger({ service: 'cli', level: 'error', format: 'pretty', destination: process.stderr });
  const connection = await connectBroker({ url, name: 'cli', log });
  try {
    const desk = await openDeadLetterDesk({
      connection,
      open: (sealed, context) => vault.open(sealed, context),
    });
    return await use(desk);
  } finally {
    await connection.close();
  }
}

function outputOf({ json = false }: { json?: boolean }): Output {
  return createOutput({ json, stdout: process.stdout, stderr: process.stderr });
}
