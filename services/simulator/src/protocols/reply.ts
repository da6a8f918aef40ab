// An answer, ready to be written to the wire.

export interface Reply {
  readonly status: number;
  /** Left out where there is no body. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | LongBody;
}

/** A body that is made while it is sent. */
export interface LongBody {
  /** In bytes. */
  readonly length: number;
  pieces(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}
