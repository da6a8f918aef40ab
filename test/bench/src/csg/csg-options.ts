import { parseArgs } from 'node:util';
import { atLeastOne, someOf } from '../command/option-values.ts';
import { type PeerName, peerNames } from './peers/peers.ts';
import { type MeasurementKind, measurementKinds } from './run/measurement.ts';

export interface CsgOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly concurrency: readonly number[];
  readonly measure: readonly MeasurementKind[];
  /** Rounds with streams; the first ones. */
  readonly streamRounds: number;
  readonly streamMegabytes: number;
  readonly peers: readonly PeerName[];
  readonly json: boolean;
  readonly profileDirectory: string | undefined;
}

export const csgHelp = `npm run bench -- csg [options]

  --smoke               the shortest run that shows something, under a minute: 1 round of 0.5 s, streams of 16 MB, and
                        only direct, csg and bare; each of the options below may still be given
  --rounds N            how often each proxy is measured; default 8
  --seconds N           length of each measurement; default 1.5
  --warmup N            seconds of load on each proxy before the first round; default 10
  --concurrency A,B,C   connections, each with one request under way; default 16,1,64
  --measure A,B,C       of ${measurementKinds.join(', ')}; default all
  --stream-rounds N     rounds with streams; default 3
  --stream-mb N         length of a stream in MB; default 1024
  --peers A,B,C         of ${peerNames.join(', ')}; default all
  --json                print the result as JSON
  --profile DIR         write a V8 CPU profile of each Node proxy there; the figures are then worth little
`;

/** Undefined when help was asked for. Throws an error whose message is for the person who typed it. */
export function parseCsgOptions(args: readonly string[]): CsgOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      smoke: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      warmup: { type: 'string' },
      concurrency: { type: 'string' },
      measure: { type: 'string', default: measurementKinds.join(',') },
      'stream-rounds': { type: 'string' },
      'stream-mb': { type: 'string' },
      peers: { type: 'string' },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { concurrency, peers, ...defaults } = values.smoke ? smokeDefaults : fullDefaults;
  return {
    rounds: atLeastOne('--rounds', values.rounds ?? defaults.rounds),
    seconds: positive('--seconds', values.seconds ?? defaults.seconds),
    warmupSeconds: positive('--warmup', values.warmup ?? defaults.warmup),
    concurrency: (values.concurrency ?? concurrency)
      .split(',')
      .map((text) => atLeastOne('--concurrency', text)),
    measure: someOf('--measure', measurementKinds, values.measure),
    streamRounds: atLeastOne('--stream-rounds', values['stream-rounds'] ?? defaults.streamRounds),
    streamMegabytes: atLeastOne('--stream-mb', values['stream-mb'] ?? defaults.streamMegabytes),
    peers: someOf('--peers', peerNames, values.peers ?? peers),
    json: values.json,
    profileDirectory: values.profile,
  };
}

const fullDefaults = {
  rounds: '8',
  seconds: '1.5',
  warmup: '10',
  concurrency: '16,1,64',
  streamRounds: '3',
  streamMegabytes: '1024',
  peers: peerNames.join(','),
};

const smokeDefaults = {
  rounds: '1',
  seconds: '0.5',
  warmup: '0.5',
  concurrency: '16',
  streamRounds: '1',
  streamMegabytes: '16',
  peers: 'direct,csg,bare',
};

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`${name}: ${JSON.stringify(text)} is not a number above 0`);
}
