// What HTTP and AMQP have in common: a request goes in, an answer comes out.

export interface TransportRequest {
  /** The same for every attempt of one call: over AMQP the message id. */
  readonly id: string;
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface TransportAnswer {
  readonly status: number;
  /** Names in lower case; a repeated one joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SendLimits {
  /** When it aborts, send() rejects with its reason. */
  readonly signal: AbortSignal;
  /** When that will be at the latest, in milliseconds since 1970. */
  readonly deadlineAtMs: number;
}

export interface Transport {
  /** Any status is an answer. Rejects with GatewayProblem when there is none: unavailable, overloaded, not-found, unauthenticated. */
  send(request: TransportRequest, limits: SendLimits): Promise<TransportAnswer>;
  close(): Promise<void>;
}
