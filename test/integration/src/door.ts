// What HTTP and AMQP have in common: a request goes in, an answer comes out.

export interface DoorRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As it is sent. */
  readonly body?: string | undefined;
}

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Door {
  readonly name: 'HTTP' | 'AMQP';
  send(request: DoorRequest): Promise<DoorAnswer>;
  close(): Promise<void>;
}
