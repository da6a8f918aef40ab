import { readConfig, readEnvironment } from '@cloud-gateway/runtime';
import type { Command } from 'commander';
import { cliConfigSchema } from '../gateway/cli-settings.ts';
import { withStoreOfGateway } from '../gateway/with-store-of-gateway.ts';
import { createOutput } from '../output/output.ts';
import { describeTrace } from '../trace/describe-trace.ts';
import { findLogFiles } from '../trace/find-log-files.ts';
import { traceNotes } from '../trace/trace-notes.ts';
import { type TracedRequest, traceRequest } from '../trace/trace-request.ts';
import { traceTimeline } from '../trace/trace-timeline.ts';
import { repeated } from './repeated.ts';

interface TraceOptions {
  readonly log?: readonly string[];
  readonly json?: boolean;
}

export function addTraceCommand(program: Command): void {
  program
    .command('trace')
    .description(
      'show the way of one request: edge, broker, service, cloud, store, and the events that it caused; ends with 1 when nothing is known of it',
    )
    .argument(
      '<request>',
      'its id: the header x-request-id of the answer, `requestId` of a problem, or the message_id of a request over AMQP',
    )
    .option(
      '--log <file>',
      'a JSON log to look into, - for standard input; repeat it for more. Without: the log of the gateway here',
      repeated,
    )
    .option('--json', 'one JSON object a line')
    .action(runTrace);
}

async function runTrace(requestId: string, options: TraceOptions): Promise<void> {
  const { GATEWAY_DATA_DIR: dataDir } = readConfig(cliConfigSchema, readEnvironment());
  const logFiles = options.log ?? (await findLogFiles(dataDir));
  const traced = await withStoreOfGateway((store) => traceRequest(store, { requestId, logFiles }));
  createOutput(options).results(objectsOf(traced), describeTrace(traced));
  if (traceTimeline(traced).length === 0) process.exitCode = 1;
}

/** For a program: an entry a line, then the notes. */
function objectsOf(traced: TracedRequest): object[] {
  return [...traceTimeline(traced), ...traceNotes(traced).map((note) => ({ note }))];
}
