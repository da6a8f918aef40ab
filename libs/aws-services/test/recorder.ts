// A request handler of the SDK that keeps the request and sends nothing.

export interface RecordedRequest {
  readonly method: string;
  readonly hostname: string;
  /** Path and query as they would be on the wire. */
  readonly target: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly bodyText: string | undefined;
}

export interface Recorder {
  readonly handler: { handle(request: SdkRequest): Promise<never>; readonly metadata: object };
  /** The last request; fails when there was none. */
  last(): RecordedRequest;
}

interface SdkRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export function createRecorder(): Recorder {
  let recorded: RecordedRequest | undefined;
  return {
    handler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle(request) {
        recorded = toRecorded(request);
        return Promise.reject(new Error('recorded'));
      },
    },
    last() {
      if (!recorded) throw new Error('The client made no request.');
      return recorded;
    },
  };
}

function toRecorded({ method, hostname, path, query = {}, headers, body }: SdkRequest): RecordedRequest {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each: string | null) =>
      each === null ? encode(name) : `${encode(name)}=${encode(each)}`,
    ),
  );
  return {
    method,
    hostname,
    target: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])),
    bodyText: typeof body === 'string' ? body : undefined,
  };
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
