// HTTP/1.1 by node's own client, because its fetch takes no certificate authority.
import http from 'node:http';
import https from 'node:https';
import { localProblem } from '../gateway-problem.ts';
import { isCertificateFault } from './is-certificate-fault.ts';
import type { SendLimits, Transport, TransportAnswer, TransportRequest } from './transport.ts';

export interface HttpTransportOptions {
  /** http: or https:, with a path before the API's own when there is one. */
  readonly baseUrl: URL;
  readonly ca: string | Buffer | undefined;
}

export function createHttpTransport({ baseUrl, ca }: HttpTransportOptions): Transport {
  const secure = baseUrl.protocol === 'https:';
  const agent = secure
    ? new https.Agent({ keepAlive: true, ...(ca !== undefined && { ca }) })
    : new http.Agent({ keepAlive: true });
  const begin = secure ? https.request : http.request;
  const prefix = baseUrl.pathname.replace(/\/$/, '');
  return {
    send: (request, { signal }) =>
      exchange(signal, () =>
        begin({
          agent,
          // A literal IPv6 address is in brackets in a URL, and only there.
          hostname: baseUrl.hostname.replace(/^\[|\]$/g, ''),
          port: baseUrl.port || undefined,
          method: request.method,
          path: `${prefix}${request.path}${request.query === '' ? '' : `?${request.query}`}`,
          headers: { ...request.headers, ...lengthOf(request) },
        }).end(request.body),
      ),
    close() {
      agent.destroy();
      return Promise.resolve();
    },
  };
}

async function exchange(
  signal: SendLimits['signal'],
  begin: () => http.ClientRequest,
): Promise<TransportAnswer> {
  signal.throwIfAborted();
  const request = begin();
  const onAbort = () => request.destroy();
  signal.addEventListener('abort', onAbort);
  try {
    return await answerOf(request);
  } catch (err) {
    signal.throwIfAborted();
    throw unreachable(err);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function answerOf(request: http.ClientRequest): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: flatten(response.headers),
          body: Buffer.concat(chunks).toString(),
        }),
      );
      // It ends without `end` when the connection breaks in the midst of the body.
      response.on('close', () => reject(new Error('the connection broke before the answer was complete')));
    });
  });
}

function lengthOf({ method, body }: TransportRequest): Record<string, string> {
  if (body !== undefined) return { 'content-length': String(Buffer.byteLength(body)) };
  return method === 'GET' ? {} : { 'content-length': '0' };
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

function unreachable(cause: unknown) {
  const reason =
    cause instanceof Error ? cause.message || String((cause as { code?: unknown }).code) : String(cause);
  return localProblem('unavailable', `The gateway cannot be reached: ${reason}.`, {
    cause,
    retryable: !isCertificateFault(cause),
  });
}
