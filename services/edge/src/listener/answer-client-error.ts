// What arrives and is no HTTP request, or does not arrive in time: Node's parser gives up, and this says why before the
// connection is closed.
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayError, problemContentType, toProblem } from '@cloud-gateway/contracts';

/** Answers and closes. Returns the status that was sent; undefined when there was nobody to tell. */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): number | undefined {
  const refusal = refusalFor(error.code ?? '');
  if (!refusal || !socket.writable || isAnswering(socket)) {
    socket.destroy();
    return undefined;
  }
  const { status, problem } = refusal;
  const body = JSON.stringify({ ...toProblem(problem), status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${problemContentType}; charset=utf-8`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Destroyed at once, the connection would be reset under a caller who still sends, and the answer lost with it.
  // Only half closed, it would be his for as long as he likes.
  const linger = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('close', () => clearTimeout(linger));
  return status;
}

const lingerMs = 1_000;

function refusalFor(cause: string): { status: number; problem: GatewayError } | undefined {
  if (cause === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const message = 'The request did not arrive completely in time.';
    return { status: 408, problem: new GatewayError('malformed-request', { message }) };
  }
  if (cause === 'HPE_HEADER_OVERFLOW') {
    const message = 'The header fields are larger than this gateway takes.';
    return { status: 431, problem: new GatewayError('header-fields-too-large', { message }) };
  }
  if (cause.startsWith('HPE_')) {
    const message = 'This is not a well-formed HTTP request.';
    return { status: 400, problem: new GatewayError('malformed-request', { message }) };
  }
  return undefined; // The connection broke, or TLS did: no answer in HTTP would be understood.
}

// A caller who pipelines would take a refusal of his second request for the answer to his first. Node keeps the response
// that is next on a connection in `_httpMessage`, which is not in its types; without it the refusal is sent.
function isAnswering(socket: Duplex): boolean {
  const next = Reflect.get(socket, '_httpMessage') as
    | { headersSent: boolean; req: { complete: boolean } }
    | undefined
    | null;
  return next ? next.headersSent || next.req.complete : false;
}
