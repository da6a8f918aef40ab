import { parseArgs } from 'node:util';
import { atLeastOne, someOf } from '../command/option-values.ts';

const measurements = ['relay', 'latency', 'subscribers', 'replay'] as const;
export type Measurement = (typeof measurements)[number];

export interface EventsOptions {
  readonly measure: readonly Measurement[];
  readonly rounds: number;
  /** In the outbox, in each round. */
  readonly events: number;
  /** Numbers of queues that are bound. */
  readonly subscribers: readonly number[];
  readonly changes: number;
  readonly perSecond: number;
  readonly json: boolean;
  readonly profileDirectory: string | undefined;
}

export const eventsHelp = `npm run bench -- events [options]

  --measure A,B      of relay, latency, subscribers, replay; default all
  --rounds N         how often each is measured; default 3
  --events N         events that wait in the outbox, and stored events of a replay; default 50000
  --subscribers A,B  how many queues get every event; default 1,10,100
  --changes N        changes whose delay is measured; default 1000
  --rate N           changes a second, on average; default 20
  --json             print the result as JSON
  --profile DIR      write a V8 CPU profile of each process there; the figures are then worth little
`;

/** Undefined when help was asked for. Throws an error whose message is for the person who typed it. */
export function parseEventsOptions(args: readonly string[]): EventsOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      measure: { type: 'string', default: measurements.join(',') },
      rounds: { type: 'string', default: '3' },
      events: { type: 'string', default: '50000' },
      subscribers: { type: 'string', default: '1,10,100' },
      changes: { type: 'string', default: '1000' },
      rate: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    measure: someOf('--measure', measurements, values.measure),
    rounds: atLeastOne('--rounds', values.rounds),
    events: atLeastOne('--events', values.events),
    subscribers: values.subscribers.split(',').map((text) => atLeastOne('--subscribers', text)),
    changes: atLeastOne('--changes', values.changes),
    perSecond: atLeastOne('--rate', values.rate),
    json: values.json,
    profileDirectory: values.profile,
  };
}
