export const publishers = ['relay', 'batches', 'window'] as const;
/** The relay from its outbox; bare amqplib from memory, in batches and with a window that is always full. */
export type Publisher = (typeof publishers)[number];

/** What the queues after the first are bound to: the same events, or other accounts, of which nothing comes. */
export type Further = 'same' | 'others';

/** So many events, all at once. */
export interface Load {
  readonly events: number;
  readonly queues: number;
  readonly further: Further;
  readonly round: number;
}

/** CPU times are microseconds per event. */
export interface PublishFigures {
  readonly eventsPerSecond: number;
  readonly brokerMicros: number;
  readonly databaseMicros: number;
  readonly publisherMicros: number;
}

/** So many events, published once. */
export interface PublishSample extends PublishFigures {
  readonly publisher: Publisher;
  readonly queues: number;
  readonly further: Further;
  readonly round: number;
  readonly events: number;
  /** CPU that processes which have no part in this took meanwhile: 1 is a whole core. */
  readonly strangersCores: number;
}

export interface Latency {
  readonly changes: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly strangersCores: number;
}

export interface Replay {
  readonly round: number;
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly strangersCores: number;
}

/** What was not asked for is empty. */
export interface Measured {
  /** Of one payload, on average. */
  readonly payloadBytes: number;
  /** Unconfirmed at a time: by the relay and by bare batches; by the bare window. */
  readonly batchSize: number;
  readonly windowSize: number;
  readonly publishing: readonly PublishSample[];
  readonly fanOut: readonly PublishSample[];
  readonly latency: Latency | undefined;
  readonly replays: readonly Replay[];
}
