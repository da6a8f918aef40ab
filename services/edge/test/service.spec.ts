import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { isConfigurationError } from '@cloud-gateway/runtime';
import {
  closeBrokerConnections,
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { ask } from './ask.ts';
import { createCertificate } from './certificate.ts';
import { EchoService } from './echo-service.ts';
import { RawConnection } from './raw-connection.ts';
import { startTestEdge, type TestEdge } from './test-edge.ts';

describe('start', function () {
  this.timeout(serverStartTimeoutMs);

  describe('with a certificate', () => {
    const { cert, key } = createCertificate();
    let folder: string;
    let edge: TestEdge;
    let tlsPort: number;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'edge-tls-'));
      await writeFile(join(folder, 'cert.pem'), cert);
      await writeFile(join(folder, 'key.pem'), key);
      edge = await startTestEdge({
        GATEWAY_EDGE_TLS_CERT_FILE: join(folder, 'cert.pem'),
        GATEWAY_EDGE_TLS_KEY_FILE: join(folder, 'key.pem'),
      });
      tlsPort = Number(new URL(edge.tlsUrl).port);
    });
    after(async () => {
      await edge.stop();
      await rm(folder, { recursive: true });
    });

    it('serves the same over HTTPS as over HTTP', async () => {
      edge.echo.answer = ({ body }) => ({ status: 201, body });
      const asked = { method: 'POST', body: 'secure' };

      const https = await ask(edge.tlsUrl, { ...asked, ca: cert, servername: 'localhost' });
      const http = await ask(edge.url, asked);

      expect([https.status, https.body.toString()]).to.deep.equal([201, 'secure']);
      expect([http.status, http.body.toString()]).to.deep.equal([201, 'secure']);
      expect(edge.tlsUrl).to.match(/^https:/);
    });

    it('speaks TLS 1.2 and 1.3 and nothing older', async () => {
      expect(await protocolWith('TLSv1.3')).to.equal('TLSv1.3');
      expect(await protocolWith('TLSv1.2')).to.equal('TLSv1.2');
      expect(await protocolWith('TLSv1.1')).to.match(/protocol version|unsupported protocol/);
      expect(await protocolWith('TLSv1')).to.match(/protocol version|unsupported protocol/);
    });

    it('closes a connection that does not speak TLS', async () => {
      const connection = await RawConnection.open(tlsPort);

      await connection.send('GET /v1/test HTTP/1.1\r\nHost: a\r\n\r\n').ends();

      expect((await ask(edge.tlsUrl, { ca: cert, servername: 'localhost' })).status).to.equal(201);
    });

    function protocolWith(maxVersion: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> {
      return new Promise((resolve) => {
        const socket = connectTls({
          port: tlsPort,
          host: '127.0.0.1',
          servername: 'localhost',
          ca: cert,
          minVersion: 'TLSv1',
          maxVersion,
          ciphers: 'DEFAULT@SECLEVEL=0', // Or this side would not even try the old versions.
        });
        socket.once('secureConnect', () => {
          resolve(socket.getProtocol());
          socket.destroy();
        });
        socket.once('error', (err) => resolve(err.message));
      });
    }
  });

  it('refuses a certificate without its key before it does anything', async () => {
    const failure = await startTestEdge({ GATEWAY_EDGE_TLS_CERT_FILE: '/nowhere/cert.pem' }).catch(
      (err: unknown) => err,
    );

    expect(failure).to.satisfy(isConfigurationError);
    expect(String(failure)).to.include('GATEWAY_EDGE_TLS_KEY_FILE');
  });

  it('lets go of the first port when the second is taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'edge-tls-'));
    const { cert, key } = createCertificate();
    await writeFile(join(folder, 'cert.pem'), cert);
    await writeFile(join(folder, 'key.pem'), key);
    const other = await startTestEdge();
    const free = await startTestEdge();
    await free.stop();

    const failure = await startTestEdge({
      GATEWAY_EDGE_PORT: String(free.port),
      GATEWAY_EDGE_TLS_PORT: String(other.port),
      GATEWAY_EDGE_TLS_CERT_FILE: join(folder, 'cert.pem'),
      GATEWAY_EDGE_TLS_KEY_FILE: join(folder, 'key.pem'),
    }).catch((err: unknown) => err);
    const again = await startTestEdge({ GATEWAY_EDGE_PORT: String(free.port) });

    expect(String(failure)).to.match(/GATEWAY_EDGE_TLS_PORT: cannot listen on port/);
    expect(again.port).to.equal(free.port);
    await again.stop();
    await other.stop();
    await rm(folder, { recursive: true });
  });

  describe('when the broker goes away', () => {
    it('is ready again and serves again after a cut', async () => {
      const edge = await startTestEdge();
      expect(await edge.isReady()).to.equal(true);
      await closeBrokerConnections(edge.host.name);

      const echo = await EchoService.start(edge.host.url);
      await eventually(async () => (await ask(edge.url)).status === 200);

      expect(await edge.isReady()).to.equal(true);
      await echo.stop();
      await edge.stop();
    });

    it('answers 503 and when to come back, is not ready, and still shows its pages', async () => {
      const host = await createTestVirtualHost();
      const edge = await startTestEdge({ GATEWAY_AMQP_URL: host.url });
      await host.remove();
      await eventually(async () => !(await edge.isReady()));

      for (const method of ['GET', 'POST']) {
        const { status, json, headers } = await ask(edge.url, { method });
        expect(status).to.equal(503);
        expect(json).to.include({ code: 'unavailable', retryable: true });
        expect(headers['retry-after']).to.equal('2');
      }
      expect((await ask(edge.url, { target: '/docs' })).status).to.equal(200);
      expect((await ask(edge.url, { target: '/v1/openapi.json' })).status).to.equal(200);
      await edge.stop();
    });

    it('gives a request that is under way its answer after the connection is back', async () => {
      const edge = await startTestEdge();
      edge.echo.answer = () => 'nothing';
      const underWay = ask(edge.url);
      await eventually(() => edge.echo.received.length > 0);

      await closeBrokerConnections(edge.host.name);
      const echo = await EchoService.start(edge.host.url);

      expect((await underWay).status).to.equal(200);
      expect(echo.takeOne().properties.messageId).to.equal(edge.echo.takeOne().properties.messageId);
      await echo.stop();
      await edge.stop();
    });
  });

  it('starts before any service does, and answers 404 until then', async () => {
    const host = await createTestVirtualHost();
    const edge = await startTestEdge({ GATEWAY_AMQP_URL: host.url });

    const before = await ask(edge.url);
    const echo = await EchoService.start(host.url);
    const after = await ask(edge.url);

    expect([before.status, after.status]).to.deep.equal([404, 200]);
    await echo.stop();
    await edge.stop();
    await host.remove();
  });
});
