import { parseArgs } from 'node:util';
import { atLeastOne } from '../command/option-values.ts';

export interface RpcOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly concurrency: readonly number[];
  readonly json: boolean;
  readonly profileDirectory: string | undefined;
}

export const rpcHelp = `npm run bench -- rpc [options]

  --rounds N            how often each system is measured at each concurrency; default 5
  --seconds N           length of each measurement; default 3
  --warmup N            seconds of load on each system before the first round; default 5
  --concurrency A,B,C   connections, each with one request under way; default 1,16,64
  --json                print the result as JSON
  --profile DIR         write a V8 CPU profile of each process there; the figures are then worth little
`;

/** Undefined when help was asked for. Throws an error whose message is for the person who typed it. */
export function parseRpcOptions(args: readonly string[]): RpcOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      warmup: { type: 'string', default: '5' },
      concurrency: { type: 'string', default: '1,16,64' },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    rounds: atLeastOne('--rounds', values.rounds),
    seconds: atLeastOne('--seconds', values.seconds),
    warmupSeconds: atLeastOne('--warmup', values.warmup),
    concurrency: values.concurrency.split(',').map((text) => atLeastOne('--concurrency', text)),
    json: values.json,
    profileDirectory: values.profile,
  };
}
