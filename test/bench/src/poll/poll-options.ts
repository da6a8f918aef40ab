import { parseArgs } from 'node:util';
import { atLeastOne } from '../command/option-values.ts';

export interface PollOptions {
  /** Numbers of instances. */
  readonly sizes: readonly number[];
  /** Undefined: more for small listings. */
  readonly rounds: number | undefined;
  readonly json: boolean;
  readonly profileDirectory: string | undefined;
}

export const pollHelp = `npm run bench -- poll [options]

  --sizes A,B,C    numbers of instances; default 1000,10000,100000
  --rounds N       how often each of the three listings is measured; default 20, for large listings 5
  --json           print the result as JSON
  --profile DIR    write a V8 CPU profile of the SDK's and the poller's process there; take one size
`;

/** Undefined when help was asked for. Throws an error whose message is for the person who typed it. */
export function parsePollOptions(args: readonly string[]): PollOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: 'string', default: '1000,10000,100000' },
      rounds: { type: 'string' },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    sizes: values.sizes.split(',').map((text) => atLeastOne('--sizes', text)),
    rounds: values.rounds === undefined ? undefined : atLeastOne('--rounds', values.rounds),
    json: values.json,
    profileDirectory: values.profile,
  };
}
