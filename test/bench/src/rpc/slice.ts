import type { SystemName } from './systems.ts';

/** One system under load for a few seconds. */
export interface Slice extends Figures {
  readonly system: SystemName;
  readonly round: number;
  readonly connections: number;
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
  'sumMicros',
] as const;

export type FigureName = (typeof figureNames)[number];
