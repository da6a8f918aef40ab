import { RefusedCall } from './refused-call.ts';

/** Closes: nobody can tell where such a body ends. */
export function notChunked(): RefusedCall {
  return new RefusedCall('malformed-request', 'The body is not chunked as Transfer-Encoding says.', {
    closes: true,
  });
}
