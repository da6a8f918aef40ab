import { readdir } from 'node:fs/promises';
import { isConfigurationError } from '@cloud-gateway/runtime';
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { recordClientHello } from './client-hello.ts';
import { ask, RawClient } from './raw-client.ts';
import { awsHost, gatewayName, startTestFront, type TestFront, type TestFrontOptions } from './test-front.ts';

describe('startFront', () => {
  let gateway: TestFront;
  let clients: RawClient[] = [];

  afterEach(async () => {
    for (const client of clients) client.close();
    clients = [];
    await gateway.stop();
  });

  async function start(options?: TestFrontOptions): Promise<void> {
    gateway = await startTestFront(options);
  }

  async function open(): Promise<RawClient> {
    const client = await RawClient.open(gateway.port);
    clients.push(client);
    return client;
  }

  async function tunnel(host = awsHost): Promise<RawClient> {
    const client = await RawClient.connect(gateway.port, host);
    clients.push(client);
    return client;
  }

  const tls = (servername: string) => ({ servername, ca: gateway.root.certificatePem });

  describe('CONNECT', () => {
    it('opens a tunnel and hands the connection on', async () => {
      await start();
      const socket = await (await tunnel()).startTls(tls(awsHost));
      expect((await ask(socket)).text).to.contain(`proxy ${awsHost} full`);
      const [connection] = gateway.opened;
      expect(connection).to.include({ mode: 'proxy', host: awsHost, clientAddress: '127.0.0.1' });
      expect(gateway.front.connections).to.equal(1);
    });

    it('takes HTTP/1.0 without Host, as botocore sends it', async () => {
      await start();
      const client = await open();
      client.send(`CONNECT ${awsHost}:443 HTTP/1.0\r\n\r\n`);
      expect(await client.receives('\r\n\r\n')).to.equal('HTTP/1.1 200 Connection established\r\n\r\n');
    });

    it('loses nothing that is sent behind it before the answer', async () => {
      await start();
      const client = await open();
      const head = Buffer.from(`CONNECT ${awsHost}:443 HTTP/1.1\r\n\r\n`);
      client.send(Buffer.concat([head, await recordClientHello(tls(awsHost))]));
      // A ServerHello, behind the answer: the hello was read.
      await client.receives('HTTP/1.1 200 Connection established\r\n\r\n\x16\x03\x03');
    });

    it('is read however it is cut', async () => {
      await start();
      const client = await open();
      const hello = await recordClientHello(tls(awsHost));
      const head = Buffer.from(`CONNECT ${awsHost}:443 HTTP/1.1\r\n\r\n`);
      await client.drip([...head].map((byte) => Buffer.of(byte)));
      await client.receives('\r\n\r\n');
      await client.drip([hello.subarray(0, 3), hello.subarray(3, 40), hello.subarray(40)]);
      await client.receives('\r\n\r\n\x16\x03\x03');
    });

    it('is refused for other hosts and ports, in plain words', async () => {
      await start();
      for (const target of ['example.com:443', `${awsHost}:80`, '169.254.169.254:443', '[::1]:443']) {
        const client = await open();
        const answer = await client.send(`CONNECT ${target} HTTP/1.1\r\n\r\n`).ends();
        expect(answer).to.match(/^HTTP\/1\.1 403 Forbidden\r\n/);
        expect(answer).to.match(/\r\nContent-Type: text\/plain.*\r\n\r\nOnly AWS endpoints can be reached/s);
      }
      expect(gateway.logged.map(({ level, message }) => `${level} ${message}`)).to.include(
        'info CONNECT refused',
      );
      expect(gateway.logged.filter(({ level }) => level === 'warn' || level === 'error')).to.deep.equal([]);
    });
  });

  it('answers requests without TLS, and closes', async () => {
    await start();
    const pem = await (await open()).send('GET http://csg/cert/pem HTTP/1.1\r\nHost: csg\r\n\r\n').ends();
    expect(pem).to.match(/^HTTP\/1\.1 200 OK\r\n.*Connection: close\r\n/s);
    expect(pem).to.contain(`\r\n\r\n${gateway.root.certificatePem}`);
    const head = await (await open()).send('HEAD /cert/pem HTTP/1.0\r\n\r\n').ends();
    expect(head).to.match(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n$/s);
    const refused = await (await open()).send(`PUT http://${awsHost}/ HTTP/1.1\r\n\r\nbody`).ends();
    expect(refused).to.match(/^HTTP\/1\.1 403 /);
    const nonsense = await (await open()).send('\x05\x01\x00').ends();
    expect(nonsense).to.match(/^HTTP\/1\.1 400 .*neither an HTTP request nor TLS/s);
  });

  it('is heard by a client that goes on sending', async () => {
    await start();
    const client = await open();
    const answer = await client
      .send(`PUT http://${awsHost}/ HTTP/1.1\r\n\r\n`)
      .send(Buffer.alloc(3_000_000))
      .ends();
    expect(answer).to.match(/^HTTP\/1\.1 403 .*use https:/s);
  });

  it('takes TLS straight to one of its names', async () => {
    await start();
    const socket = await (await open()).startTls(tls(gatewayName));
    expect((await ask(socket)).text).to.contain(`endpoint ${gatewayName} full`);
  });

  describe('limits', () => {
    it('tells HTTP clients when too many are open, and closes on TLS clients', async () => {
      await start({ connectionsPerClientMax: 1 });
      const first = await tunnel();
      const answer = await (await open()).send(`CONNECT ${awsHost}:443 HTTP/1.1\r\n\r\n`).ends();
      expect(answer).to.match(/^HTTP\/1\.1 503 Service Unavailable\r\n.*Too many connections are open/s);
      expect(await (await open()).send('\x16\x03\x01').ends()).to.equal('');
      first.close();
      await eventually(() => gateway.front.connections === 0);
      await tunnel();
    });

    it('counts those that were handed on until they are closed', async () => {
      await start({ connectionsMax: 1 });
      const socket = await (await tunnel()).startTls(tls(awsHost));
      expect(await (await open()).send('GET / HTTP/1.1\r\n\r\n').ends()).to.match(/^HTTP\/1\.1 503 /);
      socket.destroy();
      await eventually(() => gateway.front.connections === 0);
    });

    it('tells only so many, and lets go of the others at once', async () => {
      await start({ connectionsPerClientMax: 0 });
      const silent = await Promise.all(Array.from({ length: 100 }, () => open()));
      await eventually(() => silent.filter(({ isClosed }) => isClosed).length >= 36);
      const answer = silent
        .find(({ isClosed }) => !isClosed)
        ?.send('GET / HTTP/1.1\r\n\r\n')
        .ends();
      expect(await answer).to.match(/^HTTP\/1\.1 503 /);
    });

    it('does not wait for an excess connection that says nothing', async () => {
      await start({ connectionsMax: 0 });
      expect(await (await open()).ends()).to.equal('');
    });

    for (const { stage, say } of [
      { stage: 'says nothing', say: '' },
      { stage: 'does not end its head', say: 'CONNECT a:443 HTTP/1.1\r\n' },
      { stage: 'says nothing in the tunnel', say: `CONNECT ${awsHost}:443 HTTP/1.1\r\n\r\n` },
      { stage: 'does not end its hello', say: `CONNECT ${awsHost}:443 HTTP/1.1\r\n\r\n\x16\x03\x01` },
    ]) {
      it(`closes on a client that ${stage}`, async () => {
        await start({ openingTimeoutMs: 50 });
        const client = await open();
        if (say) client.send(say);
        await client.ends();
        await eventually(() => gateway.front.connections === 0);
      });
    }

    it('closes on a client that does not end its handshake', async () => {
      await start({ openingTimeoutMs: 50 });
      const client = await open();
      client.send(`CONNECT ${awsHost}:443 HTTP/1.1\r\n\r\n`).send(await recordClientHello(tls(awsHost)));
      expect(await client.ends()).to.contain('\r\n\r\n\x16\x03\x03');
      await eventually(() => gateway.front.connections === 0);
    });

    it('does not close connections that were handed on', async () => {
      await start({ openingTimeoutMs: 50 });
      const socket = await (await tunnel()).startTls(tls(awsHost));
      const late = await open(); // its end shows that the time is over
      await late.ends();
      expect((await ask(socket)).text).to.contain('200 OK');
    });
  });

  it('holds 1,000 slow connections while others are served, and gives their file descriptors back', async function () {
    this.timeout(30_000);
    await start({ openingTimeoutMs: 20_000 });
    const openFiles = async () => (await readdir('/proc/self/fd').catch(() => [])).length;
    const before = await openFiles();
    const beginnings = [
      '',
      'CONNECT ',
      `CONNECT ${awsHost}:443 HTTP/1.1\r\nX: `,
      `CONNECT ${awsHost}:443 HTTP/1.0\r\n\r\n\x16\x03\x01\x02`,
    ];
    for (let index = 0; index < 1_000; index += 1) {
      const client = await open();
      const beginning = beginnings[index % beginnings.length];
      if (beginning) client.send(beginning);
    }
    await eventually(() => gateway.front.connections === 1_000);
    const socket = await (await tunnel()).startTls(tls(awsHost));
    expect((await ask(socket)).text).to.contain('200 OK');
    for (const client of clients) client.close();
    await eventually(() => gateway.front.connections === 0);
    await eventually(async () => (await openFiles()) <= before);
  });

  describe('close', () => {
    it('closes what is not handed on yet, and waits for the others', async () => {
      await start();
      const idle = await tunnel();
      const socket = await (await tunnel()).startTls(tls(awsHost));
      // The client of TLS 1.3 is done with the handshake before the server is.
      await eventually(() => gateway.opened.length === 1);
      let isDrained = false;
      const drained = gateway.front.close().then(() => {
        isDrained = true;
      });
      await idle.ends();
      expect((await ask(socket)).text).to.contain('200 OK');
      expect(isDrained).to.equal(false);
      const refused = await open();
      expect(await refused.ends()).to.equal('');
      socket.end();
      await drained;
    });

    it('can be cut short', async () => {
      await start();
      const socket = await (await tunnel()).startTls(tls(awsHost));
      await eventually(() => gateway.opened.length === 1);
      const drained = gateway.front.close();
      gateway.front.destroyConnections();
      await drained;
      await eventually(() => socket.destroyed);
      expect(gateway.opened[0]?.socket.destroyed).to.equal(true);
    });
  });

  it('says which setting names a port that is taken', async () => {
    await start();
    const err: unknown = await startTestFront({ port: gateway.port, portSetting: 'PORT_SETTING' }).catch(
      (reason) => reason,
    );
    expect(isConfigurationError(err)).to.equal(true);
    expect(String(err)).to.match(/PORT_SETTING: cannot listen on port/);
  });

  it('outlives clients that reset the connection at any moment', async () => {
    await start();
    const hello = await recordClientHello(tls(awsHost));
    for (const say of ['C', 'CONNECT', `CONNECT ${awsHost}:443 HTTP/1.1\r\n\r\n`, 'GET / HTTP/1.1\r\n\r\n']) {
      const client = await open();
      await client.drip([Buffer.from(say)]);
      client.socket.resetAndDestroy();
      const second = await open();
      await second.drip([Buffer.from(say), hello]);
      second.socket.resetAndDestroy();
    }
    const third = await (await tunnel()).startTls(tls(awsHost));
    third.destroy();
    await eventually(() => gateway.front.connections === 0);
    const loud = gateway.logged.filter(({ level }) => level === 'warn' || level === 'error');
    expect(loud).to.deep.equal([]);
  });
});
