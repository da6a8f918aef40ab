import type { Exchange } from '../exchange/exchange.ts';

export interface LoadGenerator {
  readonly name: 'wrk' | 'autocannon';
  /** Sends the exchange over and over; rejects when anything but its answer comes back. */
  run(load: Load, signal: AbortSignal): Promise<LoadResult>;
}

export interface Load {
  readonly url: string;
  readonly exchange: Exchange;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
