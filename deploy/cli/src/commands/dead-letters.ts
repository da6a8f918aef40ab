import type { DeadLetterDesk } from '@cloud-gateway/messaging';
import type { Command } from 'commander';
import { withDeadLetterDesk } from '../gateway/with-dead-letter-desk.ts';
import { createOutput } from '../output/output.ts';
import { table } from '../output/table.ts';
import { wholeNumber } from './whole-number.ts';

interface ListOptions {
  readonly limit: number;
  readonly json?: boolean;
}

export function addDeadLetterCommands(program: Command): void {
  const letters = program.command('dead-letters').description('messages that could not be handled');
  letters
    .command('list')
    .description('list them, oldest first')
    .option('--limit <n>', 'how many at the most', wholeNumber({ min: 1, max: 10_000 }), 100)
    .option('--json', 'one JSON object a line')
    .action(runList);
  letters
    .command('requeue')
    .description('send one again, under its old id')
    .argument('<message>', 'its id, as `list` shows it')
    .option('--json', 'one JSON object')
    .action(async (messageId: string, options: { json?: boolean }) => {
      await withDeadLetterDesk((desk) => desk.requeue(messageId));
      createOutput(options).result({ requeued: messageId }, `${messageId} is in its queue again.`);
    });
  letters
    .command('discard')
    .description('throw one away for good')
    .argument('<message>', 'its id, as `list` shows it')
    .option('--json', 'one JSON object')
    .action(async (messageId: string, options: { json?: boolean }) => {
      await withDeadLetterDesk((desk) => desk.discard(messageId));
      createOutput(options).result({ discarded: messageId }, `${messageId} is gone.`);
    });
}

async function runList(options: ListOptions): Promise<void> {
  const letters = await withDeadLetterDesk((desk) => desk.list(options.limit));
  createOutput(options).results(
    letters,
    letters.length > 0 ? describe(letters) : 'There are no dead letters.',
  );
}

function describe(letters: Awaited<ReturnType<DeadLetterDesk['list']>>): string {
  const head = ['message', 'since', 'service', 'routing key', 'reason'];
  const rows = letters.map(({ messageId, at, service, routingKey, reason }) => [
    messageId,
    at,
    service,
    routingKey,
    reason,
  ]);
  return table([head, ...rows]);
}
