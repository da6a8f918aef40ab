// A signed call to AWS as an SDK makes it behind HTTPS_PROXY: CONNECT, TLS, one request.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { formatAmzDate, sha256Hex, signRequest } from '@cloud-gateway/sigv4';

export interface ProxiedCall {
  readonly proxyUrl: string;
  /** PEM of the proxy's root. */
  readonly ca: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly host: string;
  readonly service: string;
  readonly region: string;
  /** Of the JSON protocols: `DynamoDB_20120810.ListTables`. */
  readonly target: string;
  readonly body: string;
}

export interface ProxiedAnswer {
  readonly status: number;
  readonly body: string;
}

const deadlineMs = 15_000;

export async function callThroughProxy(call: ProxiedCall): Promise<ProxiedAnswer> {
  const socket = connectTls({ socket: await openTunnel(call), servername: call.host, ca: call.ca });
  try {
    return await send(call, socket);
  } finally {
    socket.destroy();
  }
}

function openTunnel({ proxyUrl, host }: ProxiedCall): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const connecting = httpRequest(proxyUrl, {
      method: 'CONNECT',
      path: `${host}:443`,
      signal: AbortSignal.timeout(deadlineMs),
    });
    connecting.once('error', reject);
    connecting.once('connect', (answer, socket) => {
      if (answer.statusCode === 200) resolve(socket);
      else reject(new Error(`The proxy answered ${answer.statusCode} to CONNECT.`));
    });
    connecting.end();
  });
}

function send(call: ProxiedCall, socket: Socket): Promise<ProxiedAnswer> {
  const headers = signed(call);
  return new Promise((resolve, reject) => {
    const sending = httpsRequest(`https://${call.host}/`, {
      method: 'POST',
      headers,
      createConnection: () => socket,
      signal: AbortSignal.timeout(deadlineMs),
    });
    sending.once('error', reject);
    sending.once('response', (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.once('error', reject);
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString() }),
      );
    });
    sending.end(call.body);
  });
}

function signed({ host, service, region, target, body, credentials }: ProxiedCall): Record<string, string> {
  const headers = { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const { accessKeyId, secretAccessKey } = credentials;
  return {
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    ...signRequest({
      request: { method: 'POST', target: '/', headers: Object.entries(headers) },
      credentials: { accessKeyId, secret: { id: accessKeyId, secretAccessKey } },
      region,
      service,
      amzDate: formatAmzDate(Date.now()),
      payloadHash: sha256Hex(body),
    }),
  };
}
