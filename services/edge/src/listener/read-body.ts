import type { IncomingMessage } from 'node:http';
import { GatewayError } from '@cloud-gateway/contracts';

const nothing = Buffer.alloc(0);

/**
 * The whole body, empty when there is none. Rejects with `body-too-large` as soon as it is known to be, without waiting for
 * the rest; the rest is read and dropped, or the caller would get a broken connection in place of his answer. How long a
 * body may take is the server's requestTimeout.
 */
export function readBody(req: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const { 'content-length': declared, 'transfer-encoding': encoding } = req.headers;
  if (encoding === undefined && (declared === undefined || declared === '0')) return Promise.resolve(nothing);
  if (isDeclaredTooLarge(req, limitBytes)) return Promise.reject(tooLarge(limitBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      reject(tooLarge(limitBytes));
    });
    req.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.once('error', () => {
      reject(new GatewayError('malformed-request', { message: 'The body did not arrive completely.' }));
    });
  });
}

/** True when the request says itself that its body is larger. */
export function isDeclaredTooLarge(req: IncomingMessage, limitBytes: number): boolean {
  return Number(req.headers['content-length'] ?? 0) > limitBytes;
}

function tooLarge(limitBytes: number): GatewayError {
  return new GatewayError('body-too-large', { message: `The body is larger than ${limitBytes} bytes.` });
}
