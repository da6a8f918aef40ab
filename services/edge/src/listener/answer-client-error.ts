// What arrives and is no HTTP request: Node's parser gives up, and this says why before the connection is closed.
import type { Socket } from 'node:net';
import {
  type ErrorCode,
  errorCodes,
  GatewayError,
  problemContentType,
  toProblem,
} from '@cloud-gateway/contracts';

export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { code, message } = explain(error.code);
  const body = JSON.stringify(toProblem(new GatewayError(code, { message })));
  socket.end(
    `HTTP/1.1 ${statusLine(code, error.code)}\r\ncontent-type: ${problemContentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function explain(cause: string | undefined): { code: ErrorCode; message: string } {
  switch (cause) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        code: 'header-fields-too-large',
        message: 'The header fields are larger than this gateway takes.',
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 'malformed-request', message: 'The request did not arrive completely in time.' };
    default:
      return { code: 'malformed-request', message: 'This is not a well-formed HTTP request.' };
  }
}

function statusLine(code: ErrorCode, cause: string | undefined): string {
  if (cause === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  const status = errorCodes[code].status;
  return status === 431 ? '431 Request Header Fields Too Large' : '400 Bad Request';
}
