import type { AnyEvent, Subscription } from '@cloud-gateway/client';
import { systemClock } from '@cloud-gateway/clock';
import type { Command } from 'commander';
import { openClient } from '../client/open-client.ts';
import { readableProblem } from '../client/readable-problem.ts';
import { eventLine } from '../events/event-line.ts';
import { printEvents } from '../events/print-events.ts';
import { tellDisconnects } from '../events/tell-disconnects.ts';
import { runUntilSignal } from '../gateway/run-until-signal.ts';
import { createOutput } from '../output/output.ts';
import { addEventFilterOptions, type EventFilterOptions, eventFilterOf } from './event-filter-options.ts';
import { gatewayUrl } from './gateway-url.ts';

interface EventsCommandOptions extends EventFilterOptions {
  readonly follow?: boolean;
  readonly url?: string;
  readonly json?: boolean;
}

export function addEventsCommand(program: Command): void {
  const command = program
    .command('events')
    .description('print events as they come; its subscription lasts as long as it runs')
    .option('--follow', 'go on until Ctrl-C; without: end when what is stored (--from) has come');
  addEventFilterOptions(command)
    .option(
      '--url <url>',
      'the gateway, or its broker; without: GATEWAY_URL, or the one running here',
      gatewayUrl,
    )
    .option('--json', 'one JSON object a line: the event as it came')
    .action(runEvents);
}

async function runEvents(options: EventsCommandOptions): Promise<void> {
  const { follow = false, from } = options;
  if (!follow && !from)
    throw new Error('Add --follow for events as they happen, or --from <sequence|time> for stored ones.');
  const filter = eventFilterOf(options);
  const output = createOutput(options);
  const print = (event: AnyEvent) => output.result(event, eventLine(event));
  const onReady = ({ accounts }: Subscription) => {
    const names = accounts.map(({ account }) => account).join(', ') || 'whatever you prove from now on';
    output.progress(`Subscribed to ${names}.${follow ? ' Ctrl-C ends it.' : ''}`);
  };
  await runUntilSignal(async (aborted) => {
    const client = await openClient(options);
    const over = AbortSignal.any([aborted, readerGone()]);
    const stream = client.events({
      ...filter,
      name: 'cloud-gateway events',
      signal: over,
      onDisconnect: tellDisconnects(output.progress, () => systemClock.nowMs()),
    });
    const printing = printEvents({ client, stream, follow, print, onReady }).catch((err: unknown) => {
      if (!over.aborted) throw readableProblem(err);
    });
    const stop = async () => {
      await printing.catch(() => undefined); // The subscription is removed before the client goes.
      await client.close();
    };
    return { ended: printing, stop };
  }, output.progress);
}

/** Whoever reads our lines has closed the pipe, as `head` does: there is nobody to print for. */
function readerGone(): AbortSignal {
  const gone = new AbortController();
  process.stdout.on('error', () => gone.abort());
  return gone.signal;
}
