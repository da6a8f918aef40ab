// An action of S3 as a value. Unlike the other services' it takes its input from wherever it likes: method, path, query,
// headers and a body that may be larger than memory.
import type { Call } from '../../call.ts';
import type { Reply } from '../../protocols/reply.ts';
import type { ReceivedBody } from './receive-body.ts';

export interface S3Request {
  readonly method: string;
  /** Empty: the service itself. */
  readonly bucket: string;
  /** Empty: the bucket itself. */
  readonly key: string;
  /** Without the parameters of a signature. */
  readonly query: ReadonlyMap<string, string>;
  /** By lower-case name; of repeated ones the first. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface S3Action {
  readonly name: string;
  /** Refuses what can be refused before the body is taken: who waits for a 100 then never sends it. */
  prepare?(request: S3Request, call: Call): void;
  handle(request: S3Request, call: Call, body: ReceivedBody): Reply;
}
