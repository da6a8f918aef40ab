// Through the whole edge and the real broker: what a caller sends is what the service gets.
import { METHODS } from 'node:http';
import { gzipSync } from 'node:zlib';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { ask } from '../ask.ts';
import { RawConnection } from '../raw-connection.ts';
import { startTestEdge, type TestEdge } from '../test-edge.ts';

describe('toEnvelope', function () {
  this.timeout(serverStartTimeoutMs);
  let edge: TestEdge;
  before(async () => {
    edge = await startTestEdge({ GATEWAY_EDGE_BODY_LIMIT_BYTES: '65536' });
  });
  beforeEach(() => edge.echo.reset());
  after(() => edge.stop());

  describe('carries the method', () => {
    for (const method of METHODS) {
      if (method === 'CONNECT') continue; // Never a request for a path; see answer-client-error.spec.ts.
      const deliveryClass = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method) ? 'read' : 'write';

      it(`${method}, a ${deliveryClass}`, async () => {
        const { status } = await ask(edge.url, { method, target: '/v1/test/a' });

        const { envelope, routingKey } = edge.echo.takeOne();
        expect(status).to.equal(200);
        expect(envelope.method).to.equal(method);
        expect(routingKey).to.equal(`${deliveryClass}.v1.test.a`);
      });
    }
  });

  describe('keeps the path as it was sent', () => {
    const paths = [
      '/v1/test',
      '/v1/test/',
      '/v1/test//',
      '/v1/test//a//b',
      '/v1/test/.',
      '/v1/test/..',
      '/v1/test/../other',
      '/v1/test/./a/../b',
      '/v1/test/a.b.c',
      '/v1/test/a%2Fb%2fc',
      '/v1/test/%zz',
      '/v1/test/%',
      '/v1/test/%C3%A9%e2%82%ac',
      '/v1/test/%00%FF',
      '/v1/test/a;b=1,c/d:e@f!$&\'()*+"<>[]{}|^`~\\',
      '/v1/test/#not-a-fragment',
      '/v1/test/*',
      '/v1/test/:id',
      `/v1/test/${'long/'.repeat(1_000)}`,
      `/v1/test/${'x'.repeat(8_000)}`,
    ];
    for (const path of paths) {
      it(path.length > 60 ? `${path.slice(0, 20)}… of ${path.length} characters` : path, async () => {
        const { status } = await ask(edge.url, { target: path });

        expect(status).to.equal(200);
        expect(edge.echo.takeOne().envelope).to.include({ path, query: '' });
      });
    }

    it('of the absolute form, without scheme and authority', async () => {
      await ask(edge.url, { target: 'http://gateway.example:8080/v1/test/a%20b?c=d' });
      expect(edge.echo.takeOne().envelope).to.include({ path: '/v1/test/a%20b', query: 'c=d' });

      await ask(edge.url, { target: 'HTTPS://gateway.example/v1/test' });
      expect(edge.echo.takeOne().envelope).to.include({ path: '/v1/test', query: '' });
    });
  });

  it('refuses a target that is not a path', async () => {
    const { status, json } = await ask(edge.url, { method: 'OPTIONS', target: '*' });

    expect(status).to.equal(400);
    expect(json).to.include({ code: 'malformed-request', detail: 'The request target is not a path.' });
    expect(edge.echo.received).to.have.length(0);
  });

  describe('keeps the query as it was sent', () => {
    const queries = [
      'a=1',
      '',
      'a=1&a=2&a',
      '=&&=',
      'a=%zz%20+',
      'q=a?b?c',
      'x=/../..//',
      `l=${'y'.repeat(9_000)}`,
    ];
    for (const query of queries) {
      it(`?${query.slice(0, 40)}`, async () => {
        await ask(edge.url, { target: `/v1/test?${query}` });

        expect(edge.echo.takeOne().envelope).to.include({ path: '/v1/test', query });
      });
    }
  });

  describe('keeps the headers', () => {
    it('with lower case names, their values untouched, and a list where a name is repeated', async () => {
      await ask(edge.url, {
        headers: {
          Host: 'gateway.example',
          'X-Mixed-CASE': '  Value with  spaces, commas; and "quotes"\tand tabs ',
          'X-Empty': '',
          'X-Latin': 'caf\u00e9 \u00ff',
          'X-Repeated': ['b', 'a', 'b'],
          Accept: ['text/plain', 'text/html'],
          Authorization: 'Bearer abc',
        },
      });

      expect(edge.echo.takeOne().envelope.headers).to.deep.equal({
        host: 'gateway.example',
        'x-mixed-case': 'Value with  spaces, commas; and "quotes"\tand tabs',
        'x-empty': '',
        'x-latin': 'caf\u00e9 \u00ff',
        'x-repeated': ['b', 'a', 'b'],
        accept: ['text/plain', 'text/html'],
        authorization: 'Bearer abc',
        connection: 'close',
      });
    });

    it('that Node would join or of which it would keep the first', async () => {
      await ask(edge.url, {
        headers: { 'Content-Type': ['a/b', 'c/d'], Authorization: ['x', 'y'], 'User-Agent': ['1', '2'] },
      });

      expect(edge.echo.takeOne().envelope.headers).to.deep.include({
        'content-type': ['a/b', 'c/d'],
        authorization: ['x', 'y'],
        'user-agent': ['1', '2'],
      });
    });

    it('that are named like members of objects', async () => {
      const connection = await RawConnection.open(edge.port);
      connection.send(
        'GET /v1/test HTTP/1.1\r\nHost: a\r\n__proto__: x\r\nconstructor: y\r\ntoString: z\r\n__proto__: w\r\n\r\n',
      );
      await connection.receives(/ 200 OK/);
      connection.close();

      const { headers } = edge.echo.takeOne().envelope;
      expect(Object.entries(headers)).to.deep.equal([
        ['host', 'a'],
        ['__proto__', ['x', 'w']],
        ['constructor', 'y'],
        ['tostring', 'z'],
      ]);
    });

    it('when there are thousands, and when one is very long', async () => {
      const many = Object.fromEntries(Array.from({ length: 2_500 }, (_, at) => [`x${at}`, 'v']));
      await ask(edge.url, { headers: many });
      expect(edge.echo.takeOne().envelope.headers).to.deep.include(many);

      const long = 'z'.repeat(30_000);
      await ask(edge.url, { headers: { 'x-long': long } });
      expect(edge.echo.takeOne().envelope.headers).to.include({ 'x-long': long });
    });

    it('that speak of the connection, of versions and of expectations', async () => {
      const connection = await RawConnection.open(edge.port);
      connection.send(
        'GET /v1/test HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\nAccept-Version: 3\r\nExpect: 200-ok\r\n\r\n',
      );
      await connection.receives(/ 200 OK/);
      connection.close();

      expect(edge.echo.takeOne().envelope.headers).to.include({
        connection: 'upgrade',
        upgrade: 'websocket',
        'accept-version': '3',
        expect: '200-ok',
      });
    });
  });

  describe('keeps the body', () => {
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
    const bodies: Record<string, Buffer> = {
      'of one byte': Buffer.from('a'),
      'of text': Buffer.from('{"a": 1}\r\n'),
      'of UTF-8, with a byte order mark and characters of four bytes':
        Buffer.from('\ufeffé€𐍈\u0000\u2028"\\'),
      'of every byte value': everyByte,
      'of UTF-8 that ends in the middle of a character': Buffer.from([0x61, 0xe2, 0x82]),
      'of Latin-1': Buffer.from([0x63, 0x61, 0x66, 0xe9]),
      'of an encoded surrogate': Buffer.from([0xed, 0xa0, 0x80]),
      'of gzip, not unpacked': gzipSync('hello'.repeat(100)),
      'of exactly the limit': Buffer.alloc(65_536, 'x'),
    };
    for (const [name, body] of Object.entries(bodies)) {
      it(name, async () => {
        const { status } = await ask(edge.url, {
          method: 'POST',
          body,
          headers: { 'content-encoding': 'gzip' },
        });

        const { envelope } = edge.echo.takeOne();
        expect(status).to.equal(200);
        expect(Buffer.from(envelope.body, envelope.bodyEncoding).equals(body)).to.equal(true);
        expect(envelope.headers).to.include({ 'content-encoding': 'gzip' });
      });
    }

    it('as readable text where it is text', async () => {
      await ask(edge.url, { method: 'POST', body: '{"é":1}' });

      expect(edge.echo.takeOne().envelope).to.include({ body: '{"é":1}', bodyEncoding: 'utf8' });
    });

    it('empty where there is none', async () => {
      for (const headers of [{}, { 'content-length': '0' }, { 'transfer-encoding': 'chunked' }]) {
        await ask(edge.url, { method: 'POST', headers });
        expect(edge.echo.takeOne().envelope).to.include({ body: '', bodyEncoding: 'utf8' });
      }
    });

    it('that comes in chunks, cut in the middle of a character', async () => {
      const euro = Buffer.from('€€');
      await ask(edge.url, {
        method: 'PUT',
        chunks: [euro.subarray(0, 2), euro.subarray(2, 4), euro.subarray(4)],
      });

      expect(edge.echo.takeOne().envelope).to.include({ body: '€€', bodyEncoding: 'utf8' });
    });

    for (const contentType of [
      'text/plain',
      'application/json',
      'nonsense',
      '',
      ';;;',
      'a/b; charset=utf-16',
    ]) {
      it(`whatever its content-type says: "${contentType}"`, async () => {
        const { status } = await ask(edge.url, {
          method: 'POST',
          body: '{"broken": ',
          headers: { 'content-type': contentType },
        });

        const { envelope } = edge.echo.takeOne();
        expect(status).to.equal(200);
        expect(envelope).to.include({ body: '{"broken": ' });
        expect(envelope.headers).to.include({ 'content-type': contentType });
      });
    }

    for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND']) {
      it(`of ${method}`, async () => {
        await ask(edge.url, { method, body: 'content' });

        expect(edge.echo.takeOne().envelope).to.include({ method, body: 'content' });
      });
    }
  });

  it('says who asks, until when, and under which id, and nothing else', async () => {
    const before = Date.now();
    const { headers } = await ask(edge.url);
    const after = Date.now();

    const { envelope, properties } = edge.echo.takeOne();
    expect(Object.keys(envelope)).to.have.members([
      'version',
      'method',
      'path',
      'query',
      'headers',
      'body',
      'bodyEncoding',
      'peer',
      'deadlineAt',
    ]);
    expect(envelope.peer).to.deep.equal({ address: '127.0.0.1' });
    expect(envelope.deadlineAt).to.be.within(before + 30_000, after + 30_000);
    expect(Number(properties.expiration)).to.be.within(29_000, 30_000);
    expect(properties.messageId).to.equal(headers['x-request-id']);
    expect(properties.messageId).to.match(/^req_[\w-]{16,}$/);
  });

  it('does not take its id from the caller', async () => {
    const { headers } = await ask(edge.url, { headers: { 'x-request-id': 'chosen-by-the-caller' } });

    expect(headers['x-request-id']).to.match(/^req_/);
    expect(edge.echo.takeOne().envelope.headers).to.include({ 'x-request-id': 'chosen-by-the-caller' });
  });

  for (const [name, hosts] of Object.entries({ 'no Host': '', 'two Hosts': 'Host: a\r\nHost: b\r\n' })) {
    it(`refuses a request with ${name}`, async () => {
      const connection = await RawConnection.open(edge.port);
      connection.send(`GET /v1/test HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);

      expect(await connection.ends()).to.match(/^HTTP\/1.1 400 .*"code":"malformed-request"/s);
      expect(edge.echo.received).to.have.length(0);
    });
  }

  it('takes HTTP/1.0, which needs no Host', async () => {
    const connection = await RawConnection.open(edge.port);
    connection.send('GET /v1/test HTTP/1.0\r\n\r\n');

    expect(await connection.ends()).to.match(/^HTTP\/1.1 200 /);
    expect(edge.echo.takeOne().envelope.headers).to.deep.equal({});
  });
});
