import type { PeerName } from '../peers/peers.ts';

/** One proxy under load for a moment. */
export interface Slice {
  /** measurementId */
  readonly measurement: string;
  readonly peer: PeerName;
  readonly round: number;
  readonly figures: Figures;
  /** CPU that processes which have no part in this took meanwhile: 1 is a whole core. */
  readonly strangersCores: number;
}

/** What a measurement does not have is not there; nor is the CPU of a proxy that is none. */
export type Figures = Readonly<Partial<Record<FigureName, number>>>;

export const figureNames = [
  /** Requests, or new connections. */
  'perSecond',
  'p50Ms',
  'p99Ms',
  /** Of the proxy, microseconds for each request or connection. */
  'cpuMicros',
  /** The same of its database. */
  'databaseMicros',
  'resumedShare',
  'megabytesPerSecond',
  'cpuSecondsPerGigabyte',
  /** Resident memory at its peak, less that of before. */
  'addedMegabytes',
] as const;

export type FigureName = (typeof figureNames)[number];
