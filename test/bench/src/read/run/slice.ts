// What is asked, of whom, and what came of it.

/** `echo` is the one of `bench -- rpc`: no store behind it. */
export const questions = ['echo', 'show', 'list'] as const;
export type Question = (typeof questions)[number];

export const doors = ['http', 'amqp'] as const;
export type Door = (typeof doors)[number];

/** One question at one door under load for a few seconds. */
export interface Slice extends Figures {
  readonly question: Question;
  /** Rows of the store; undefined for the echo. */
  readonly rows: number | undefined;
  readonly door: Door;
  readonly connections: number;
  readonly round: number;
  readonly requests: number;
  /** CPU that processes which have no part in this took meanwhile: 1 is a whole core. */
  readonly strangersCores: number;
}

/** CPU times are microseconds per request. */
export type Figures = Readonly<Record<FigureName, number>>;

export const figureNames = [
  'requestsPerSecond',
  'p50Ms',
  'p99Ms',
  'brokerMicros',
  'edgeMicros',
  'serviceMicros',
  'databaseMicros',
] as const;

export type FigureName = (typeof figureNames)[number];
