// What is measured of every proxy.
import { type TransferKind, transferKinds } from '../calls/transfer.ts';

export type Measurement =
  | { readonly kind: 'requests'; readonly connections: number }
  | { readonly kind: 'connections'; readonly resumes: boolean }
  | { readonly kind: 'transfer'; readonly transfer: TransferKind };

export const measurementKinds = ['requests', 'connections', 'streams'] as const;

export type MeasurementKind = (typeof measurementKinds)[number];

/** As tables and results name it: `requests-16`, `connections-full`, `stream-download`. */
export function measurementId(measurement: Measurement): string {
  switch (measurement.kind) {
    case 'requests':
      return `requests-${measurement.connections}`;
    case 'connections':
      return `connections-${measurement.resumes ? 'resumed' : 'full'}`;
    case 'transfer':
      return `stream-${measurement.transfer}`;
  }
}

export interface MeasurementsWanted {
  readonly measure: readonly MeasurementKind[];
  readonly concurrency: readonly number[];
  readonly streamRounds: number;
}

/** Of one round, in their order. */
export function measurementsOf(
  { measure, concurrency, streamRounds }: MeasurementsWanted,
  round: number,
): Measurement[] {
  const concurrencies = measure.includes('requests') ? concurrency : [];
  const handshakes = measure.includes('connections') ? [false, true] : [];
  const transfers = measure.includes('streams') && round <= streamRounds ? transferKinds : [];
  return [
    ...concurrencies.map((connections): Measurement => ({ kind: 'requests', connections })),
    ...handshakes.map((resumes): Measurement => ({ kind: 'connections', resumes })),
    ...transfers.map((transfer): Measurement => ({ kind: 'transfer', transfer })),
  ];
}
