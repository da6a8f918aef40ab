import { writeSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { recordClientHello, splitIntoRecords } from './client-hello.ts';
import { ask, RawClient } from './raw-client.ts';
import { awsHost, startTestFront, type TestFront } from './test-front.ts';

describe('beginTls', () => {
  let gateway: TestFront;

  beforeEach(async () => {
    gateway = await startTestFront();
  });
  afterEach(() => gateway.stop());

  async function handshake(options: ConnectionOptions = {}, host = awsHost) {
    const client = await RawClient.connect(gateway.port, host);
    const socket = await client.startTls({ servername: host, ca: gateway.root.certificatePem, ...options });
    return { client, socket };
  }

  const failure = (options: ConnectionOptions): Promise<string> =>
    handshake(options).then(
      () => 'none',
      (err: { code?: string }) => err.code ?? String(err),
    );

  const loud = () => gateway.logged.filter(({ level }) => level === 'warn' || level === 'error');

  it('shows a certificate for the widened name', async () => {
    const { socket } = await handshake({}, 'bucket.s3.us-east-1.amazonaws.com');
    const { subjectaltname } = socket.getPeerCertificate();
    expect(subjectaltname).to.equal('DNS:*.s3.us-east-1.amazonaws.com, DNS:s3.us-east-1.amazonaws.com');
  });

  it('takes a hello that is cut into records', async () => {
    const client = await RawClient.connect(gateway.port, awsHost);
    const hello = await recordClientHello({ servername: awsHost });
    await client.drip([splitIntoRecords(hello, 120)]);
    await client.receives('\r\n\r\n\x16\x03\x03');
    client.close();
  });

  describe('ALPN', () => {
    it('chooses http/1.1, and does without', async () => {
      expect((await handshake({ ALPNProtocols: ['h2', 'http/1.1'] })).socket.alpnProtocol).to.equal(
        'http/1.1',
      );
      expect((await handshake()).socket.alpnProtocol).to.equal(false);
    });

    it('ends the handshake of a client that has only h2', async () => {
      expect(await failure({ ALPNProtocols: ['h2'] })).to.equal(
        'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
      );
    });
  });

  describe('versions', () => {
    it('are 1.3 and 1.2', async () => {
      expect((await handshake()).socket.getProtocol()).to.equal('TLSv1.3');
      const { socket } = await handshake({ maxVersion: 'TLSv1.2' });
      expect(socket.getProtocol()).to.equal('TLSv1.2');
      expect((await ask(socket)).text).to.contain('200 OK');
    });

    it('are not 1.1', async () => {
      const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
      expect(await failure(old)).to.equal('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    });
  });

  describe('the server name', () => {
    it('must be there: otherwise an alert, and one line that names client and host', async () => {
      expect(await failure({ servername: '' })).to.equal('ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
      expect(loud()).to.deep.equal([
        {
          level: 'warn',
          message: `Cannot establish TLS with ${awsHost}:443 (sni: None)`,
          clientAddress: '127.0.0.1',
          connectHost: awsHost,
        },
      ]);
      expect(gateway.opened).to.have.length(0);
    });

    it('must be that of CONNECT', async () => {
      expect(await failure({ servername: 'sts.amazonaws.com' })).to.equal('ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
      expect(loud().map(({ message }) => message)).to.deep.equal([
        `Cannot establish TLS with ${awsHost}:443 (sni: sts.amazonaws.com)`,
      ]);
    });

    it('must be one of the gateway without CONNECT', async () => {
      const client = await RawClient.open(gateway.port);
      const hello = client.startTls({ servername: awsHost, ca: gateway.root.certificatePem });
      expect(await hello.catch((err: { code?: string }) => err.code)).to.equal(
        'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
      );
      expect(loud().map(({ message }) => message)).to.deep.equal([
        `Cannot establish TLS with 127.0.0.1:${gateway.port} (sni: ${awsHost})`,
      ]);
    });
  });

  it('answers what is not TLS with an alert', async () => {
    const client = await RawClient.connect(gateway.port, awsHost);
    const answer = await client.send('GET / HTTP/1.1\r\n\r\n').ends();
    expect(answer.slice(-7)).to.equal('\x15\x03\x03\x00\x02\x02\x0a');
    expect(loud()).to.deep.equal([]);
  });

  it('closes when a record cannot be decrypted after the handshake', async () => {
    const { client, socket } = await handshake();
    await ask(socket);
    const server = gateway.opened[0]?.socket;
    // Written past the client's own TLS, which keeps its side open.
    writeRaw(client, Buffer.concat([Buffer.from([0x17, 3, 3, 0, 32]), Buffer.alloc(32, 1)]));
    await eventually(() => server?.destroyed === true && gateway.front.connections === 0);
    expect(loud()).to.deep.equal([]);
  });

  it('does not renegotiate', async () => {
    const { socket } = await handshake({ maxVersion: 'TLSv1.2' });
    const outcome = await new Promise((resolve) => {
      socket.once('close', () => resolve('closed'));
      socket.renegotiate({}, (err) => resolve(err ? 'refused' : 'done'));
    });
    expect(outcome).to.not.equal('done');
  });

  for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
    it(`resumes sessions of ${maxVersion}`, async () => {
      const first = await ask((await handshake({ maxVersion })).socket);
      expect(first.text).to.contain('full');
      const { socket } = await handshake({ maxVersion, session: first.session });
      expect(socket.isSessionReused()).to.equal(true);
      expect((await ask(socket)).text).to.contain('resumed');
    });
  }
});

// The handle writes below the TLS layer, where no public interface does.
function writeRaw(client: RawClient, bytes: Buffer): void {
  const { fd } = (client.socket as unknown as { _handle: { fd: number } })._handle;
  writeSync(fd, bytes);
}
