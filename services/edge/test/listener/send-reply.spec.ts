// Through the whole edge and the real broker: what a service answers is what the caller gets.
import type { ReplyEnvelope } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Answered, type Asked, ask } from '../ask.ts';
import { startTestEdge, type TestEdge } from '../test-edge.ts';

describe('sendReply', function () {
  this.timeout(serverStartTimeoutMs);
  let edge: TestEdge;
  before(async () => {
    edge = await startTestEdge();
  });
  after(() => edge.stop());

  async function answered(reply: Partial<ReplyEnvelope>, asked: Asked = {}): Promise<Answered> {
    edge.echo.answer = () => reply;
    return ask(edge.url, asked);
  }

  /** The headers that the edge did not add. */
  function serviceHeaders({ rawHeaders }: Answered): string[] {
    const ours = new Set(['x-request-id', 'content-length', 'date', 'connection', 'keep-alive']);
    return rawHeaders.flatMap((text, at) =>
      at % 2 === 0 && !ours.has(text.toLowerCase()) ? [`${text}: ${rawHeaders[at + 1]}`] : [],
    );
  }

  for (const status of [200, 201, 202, 206, 299, 301, 400, 404, 409, 418, 451, 500, 503, 599]) {
    it(`gives status ${status} and its body`, async () => {
      const got = await answered({ status, body: 'text' });

      expect(got.status).to.equal(status);
      expect(got.body.toString()).to.equal('text');
    });
  }

  it('gives the headers as they are, repeated ones repeated, and adds none that speaks of the content', async () => {
    const got = await answered({
      headers: {
        'content-type': 'application/json',
        'set-cookie': ['a=1; Path=/', 'b=2'],
        link: ['<a>', '<b>'],
        'x-latin': 'caf\u00e9',
        'x-empty': '',
        location: '/v1/test?a=%20b',
        etag: 'W/"1"',
      },
      body: '{}',
    });

    expect(serviceHeaders(got)).to.deep.equal([
      'content-type: application/json',
      'set-cookie: a=1; Path=/',
      'set-cookie: b=2',
      'link: <a>',
      'link: <b>',
      'x-latin: caf\u00e9',
      'x-empty: ',
      'location: /v1/test?a=%20b',
      'etag: W/"1"',
    ]);
    expect(serviceHeaders(await answered({ body: 'untyped' }))).to.deep.equal([]);
  });

  it('writes its own framing, whatever the service says of it', async () => {
    const got = await answered({
      headers: {
        'Content-Length': '999',
        'transfer-encoding': 'chunked',
        connection: 'keep-alive',
        'keep-alive': 'timeout=1',
        trailer: 'x',
        upgrade: 'h2c',
        'X-Request-Id': 'forged',
      },
      body: 'four',
    });

    expect(got.body.toString()).to.equal('four');
    expect(got.headers).to.include({ 'content-length': '4', connection: 'close' });
    expect(got.headers).not.to.have.any.keys('transfer-encoding', 'trailer', 'upgrade', 'keep-alive');
    expect(got.headers['x-request-id']).to.match(/^req_/);
  });

  it('gives the date of the service where it says one, and one at all times', async () => {
    const date = 'Sun, 06 Nov 1994 08:49:37 GMT';

    expect((await answered({ headers: { date } })).headers.date).to.equal(date);
    expect((await answered({})).headers.date).to.be.a('string');
  });

  it('gives every byte of a binary body', async () => {
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, at) => at));

    const got = await answered({ body: everyByte.toString('base64'), bodyEncoding: 'base64' });

    expect(got.body.equals(everyByte)).to.equal(true);
    expect(got.headers['content-length']).to.equal('256');
  });

  it('gives text in UTF-8, its length in bytes', async () => {
    const got = await answered({ body: '\ufeff€𐍈\u0000' });

    expect(got.body.toString()).to.equal('\ufeff€𐍈\u0000');
    expect(got.headers['content-length']).to.equal('11');
  });

  it('gives a megabyte, as text and as bytes', async () => {
    const text = 'é'.repeat(512 * 1024);
    const asText = await answered({ body: text });
    const asBytes = await answered({ body: Buffer.from(text).toString('base64'), bodyEncoding: 'base64' });

    expect(asText.body.equals(Buffer.from(text))).to.equal(true);
    expect(asBytes.body.equals(Buffer.from(text))).to.equal(true);
  });

  it('says that an empty body is empty', async () => {
    const got = await answered({ body: '' });

    expect(got.body).to.have.length(0);
    expect(got.headers['content-length']).to.equal('0');
  });

  for (const status of [204, 304]) {
    it(`gives ${status} its headers and no body nor length, even when the service sent one`, async () => {
      const got = await answered({ status, headers: { etag: '"1"' }, body: 'surplus' });

      expect(got.status).to.equal(status);
      expect(got.body).to.have.length(0);
      expect(got.headers).to.include({ etag: '"1"' });
      expect(got.headers).not.to.have.property('content-length');
    });
  }

  it('answers HEAD with the length of the body and without the body', async () => {
    const asked = { method: 'HEAD' };
    const withBody = await answered({ headers: { 'content-type': 'text/plain' }, body: 'four' }, asked);
    const withLength = await answered({ headers: { 'content-length': '12345' } }, asked);
    const withNeither = await answered({}, asked);

    expect(withBody.body).to.have.length(0);
    expect(withBody.headers).to.include({ 'content-length': '4', 'content-type': 'text/plain' });
    expect(withLength.headers).to.include({ 'content-length': '12345' });
    expect(withNeither.headers).to.include({ 'content-length': '0' });
  });

  const unspeakable: Record<string, Partial<ReplyEnvelope> | Buffer> = {
    'a status that is no final answer': { status: 101 },
    'a line break in a header': { headers: { 'x-a': 'b\r\nset-cookie: c' } },
    'a header that is not Latin-1': { headers: { 'x-a': '€' } },
    'a header name with a space': { headers: { 'x a': 'b' } },
    'a status that there is not': { status: 600 },
    'no JSON': Buffer.from('<html>'),
    'JSON that is no envelope': Buffer.from('[]'),
    nothing: Buffer.alloc(0),
  };
  for (const [name, reply] of Object.entries(unspeakable)) {
    it(`says that the gateway failed when a service answers ${name}`, async () => {
      edge.echo.answer = () => reply;

      const got = await ask(edge.url);

      expect(got.status).to.equal(500);
      expect(got.json).to.include({ code: 'internal', requestId: got.headers['x-request-id'] });
      expect(got.headers).not.to.have.any.keys('set-cookie', 'x-a');
    });
  }

  it('logs why it could not give an answer', async () => {
    await answered({ headers: { 'x-a': '€' } });

    const line = JSON.parse(edge.logLines.at(-1) ?? '{}') as Record<string, unknown>;
    expect(line).to.include({ level: 'warn', message: 'http request', status: 500, code: 'internal' });
    expect(JSON.stringify(line['err'])).to.include('ERR_INVALID_CHAR');
  });
});
