import { parseArgs } from 'node:util';
import { atLeastOne, someOf } from '../command/option-values.ts';
import { type Door, doors, type Question, questions } from './run/slice.ts';

export interface ReadOptions {
  /** How many resources the stores hold: each is compared with the first. */
  readonly rows: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly concurrency: readonly number[];
  readonly questions: readonly Question[];
  readonly doors: readonly Door[];
  readonly json: boolean;
  readonly profileDirectory: string | undefined;
}

export const readHelp = `npm run bench -- read [options]

  --rows A,B            sizes of the stores; default 10000,1000000
  --rounds N            how often each question is measured at each concurrency; default 5
  --seconds N           length of each measurement; default 2 (by HTTP whole ones)
  --warmup N            seconds of load with each question before the first round; default 3
  --concurrency A,B     requests under way; default 1,64
  --questions A,B       of echo, show, list; default all
  --doors A,B           of http, amqp; default both
  --json                print the result as JSON
  --profile DIR         write a V8 CPU profile of each process there; the figures are then worth little
`;

/** Undefined when help was asked for. Throws an error whose message is for the person who typed it. */
export function parseReadOptions(args: readonly string[]): ReadOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '10000,1000000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      warmup: { type: 'string', default: '3' },
      concurrency: { type: 'string', default: '1,64' },
      questions: { type: 'string', default: questions.join(',') },
      doors: { type: 'string', default: doors.join(',') },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    rows: values.rows.split(',').map((text) => atLeastOne('--rows', text)),
    rounds: atLeastOne('--rounds', values.rounds),
    seconds: seconds('--seconds', values.seconds),
    warmupSeconds: seconds('--warmup', values.warmup),
    concurrency: values.concurrency.split(',').map((text) => atLeastOne('--concurrency', text)),
    questions: someOf('--questions', questions, values.questions),
    doors: someOf('--doors', doors, values.doors),
    json: values.json,
    profileDirectory: values.profile,
  };
}

function seconds(name: string, text: string): number {
  const value = Number(text);
  if (value >= 0.1) return value;
  throw new Error(`${name}: ${JSON.stringify(text)} is not a number from 0.1`);
}
