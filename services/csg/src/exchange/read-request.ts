// The first look at a request: is it one that can be understood in one way only, and of which this connection knows
// where its end is.
import type { BodyFraming } from '../http1/body-framing.ts';
import { requestFraming } from '../http1/body-framing.ts';
import type { RequestHead } from '../http1/parse-request-head.ts';
import { RefusedCall } from './refused-call.ts';

export interface ReadableRequest {
  readonly framing: BodyFraming;
  readonly expectsContinue: boolean;
}

/** Throws RefusedCall. */
export function readRequest(head: RequestHead): ReadableRequest {
  const framing = requestFraming(head);
  if (framing === undefined) {
    throw new RefusedCall(
      'malformed-request',
      'Content-Length and Transfer-Encoding do not say in one way how long the body is.',
      { closes: true },
    );
  }
  if (head.minorVersion === 0) {
    throw new RefusedCall('malformed-request', 'HTTP/1.0 is not taken; speak HTTP/1.1.', { closes: true });
  }
  let expectsContinue = false;
  for (let i = 0; i < head.headers.length; i += 2) {
    const name = head.headers[i] ?? '';
    if (name.length === 7 && name.toLowerCase() === 'upgrade') {
      throw new RefusedCall(
        'upgrade-refused',
        'This gateway forwards plain HTTPS calls only, no WebSockets and no other upgrade.',
        { closes: true },
      );
    }
    if (name.length === 6 && name.toLowerCase() === 'expect') {
      if ((head.headers[i + 1] ?? '').toLowerCase() !== '100-continue') {
        throw new RefusedCall('expectation-failed', 'Expect can only be 100-continue.', { closes: true });
      }
      expectsContinue = true;
    }
  }
  return { framing, expectsContinue };
}
