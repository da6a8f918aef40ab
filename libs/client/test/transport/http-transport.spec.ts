import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { isGatewayProblem } from '../../src/index.ts';
import { createHttpTransport } from '../../src/transport/http-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';

describe('createHttpTransport', function () {
  this.timeout(20_000);
  const closing: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function serve(server: http.Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }

  function open(url: string, ca?: string): Transport {
    const transport = createHttpTransport({ baseUrl: new URL(url), ca });
    closing.push(() => transport.close());
    return transport;
  }

  const request = { id: '1', method: 'GET', path: '/v1/a%2Fb', query: 'x=1', headers: {}, body: undefined };
  const limits = { signal: new AbortController().signal, deadlineAtMs: 0 };

  it('keeps the path of its URL before that of the route, and sends both unchanged', async () => {
    const port = await serve(
      http.createServer(({ method, url }, response) => response.end(`${method} ${url}`)),
    );
    const answer = await open(`http://127.0.0.1:${port}/gateway/`).send(request, limits);
    expect(answer).to.include({ status: 200, body: 'GET /gateway/v1/a%2Fb?x=1' });
  });

  it('asks over one connection, one request after the other', async () => {
    const server = http.createServer((_, response) => response.end());
    const port = await serve(server);
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    const transport = open(`http://127.0.0.1:${port}`);
    for (let count = 0; count < 3; count++) await transport.send(request, limits);
    expect(connections).to.equal(1);
  });

  it('tells an answer that breaks off from one that is complete', async () => {
    const server = http.createServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
    });
    const outcome = await open(`http://127.0.0.1:${await serve(server)}`)
      .send(request, limits)
      .catch((error: unknown) => error);
    expect(outcome).to.include({ code: 'unavailable', retryable: true });
  });

  it('lets go of the connection when nobody waits any more', async () => {
    const server = http.createServer();
    const arrived = once(server, 'request');
    const controller = new AbortController();
    const sending = open(`http://127.0.0.1:${await serve(server)}`).send(request, {
      ...limits,
      signal: controller.signal,
    });
    const [{ socket }] = (await arrived) as [http.IncomingMessage];
    const closed = once(socket, 'close');
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await sending.catch((error: unknown) => error)).to.equal(reason);
    await closed;
  });

  it('trusts the certificate authority that it is given, and does not knock again where it trusts nobody', async () => {
    const { key, cert } = await selfSigned();
    const server = https.createServer({ key, cert }, (_, response) => response.end('safe'));
    const url = `https://127.0.0.1:${await serve(server)}`;
    expect((await open(url, cert).send(request, limits)).body).to.equal('safe');
    const refusal: unknown = await open(url)
      .send(request, limits)
      .catch((error: unknown) => error);
    expect(isGatewayProblem(refusal)).to.equal(true);
    expect(refusal).to.include({ code: 'unavailable', retryable: false });
  });
});

async function selfSigned(): Promise<{ key: string; cert: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'client-tls-'));
  try {
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    await runCommand('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', keyFile, '-out', certFile]);
    return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
