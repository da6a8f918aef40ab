import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { RawConnection } from '../raw-connection.ts';
import { startTestEdge, type TestEdge } from '../test-edge.ts';

describe('answerClientError', function () {
  this.timeout(serverStartTimeoutMs);
  let edge: TestEdge;
  before(async () => {
    edge = await startTestEdge({ GATEWAY_EDGE_REQUEST_TIMEOUT_MS: '1000' });
  });
  beforeEach(() => edge.echo.reset());
  after(() => edge.stop());

  /** Sends and waits for the end; checks that what came is one whole problem and that nothing was sent on. */
  async function refusalOf(text: string, timeoutMs = 5_000): Promise<{ status: number; problem: object }> {
    const connection = await RawConnection.open(edge.port);
    const answer = await connection.send(text).ends(timeoutMs);
    const [head = '', body = '', ...more] = answer.split('\r\n\r\n');
    expect(more, answer).to.deep.equal([]);
    expect(head.toLowerCase()).to.include('content-type: application/problem+json');
    expect(head.toLowerCase()).to.include('connection: close');
    expect(head).to.include(`content-length: ${body.length}`);
    const status = Number(head.split(' ')[1]);
    const problem = JSON.parse(body) as object;
    expect(problem).to.include({ status });
    expect(edge.echo.received).to.have.length(0);
    return { status, problem };
  }

  const malformed: Record<string, string> = {
    garbage: '\x00\x01\x02\xff\xfe garbage\r\n\r\n',
    'a TLS handshake': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'an unknown method': 'BREW /v1/test HTTP/1.1\r\nHost: a\r\n\r\n',
    'a method in small letters': 'get /v1/test HTTP/1.1\r\nHost: a\r\n\r\n',
    'an unknown version': 'GET /v1/test HTTP/1.9\r\nHost: a\r\n\r\n',
    'a space in the path': 'GET /v1/test/a b HTTP/1.1\r\nHost: a\r\n\r\n',
    'a raw UTF-8 character in the path': 'GET /v1/test/\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n',
    'bare line feeds': 'GET /v1/test HTTP/1.1\nHost: a\n\n',
    'a carriage return in a header': 'GET /v1/test HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n',
    'a zero byte in a header': 'GET /v1/test HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n',
    'a space before the colon': 'GET /v1/test HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n',
    'a folded header (obs-fold)': 'GET /v1/test HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n',
    'both Content-Length and Transfer-Encoding':
      'POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'both Transfer-Encoding and Content-Length':
      'POST /v1/test HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
    'two lengths': 'POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde',
    'the same length twice':
      'POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nabcde',
    'a list of lengths': 'POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nabcde',
    'a negative length': 'POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n',
    'a signed length': 'POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde',
    'an unknown transfer coding':
      'POST /v1/test HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
    'an unknown transfer coding of a GET':
      'GET /v1/test HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
    'a transfer coding after chunked':
      'POST /v1/test HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
    'a chunk of no size': 'POST /v1/test HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
    'a chunk that is longer than it says':
      'POST /v1/test HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n',
    'CONNECT, which is for a proxy':
      'CONNECT sts.amazonaws.com:443 HTTP/1.1\r\nHost: sts.amazonaws.com:443\r\n\r\n',
  };
  for (const [name, text] of Object.entries(malformed)) {
    it(`refuses ${name}`, async () => {
      const { status, problem } = await refusalOf(text);

      expect(status).to.equal(400);
      expect(problem).to.include({ code: 'malformed-request' });
    });
  }

  it('refuses a flood of headers, and the caller who still sends gets to know', async () => {
    const { status, problem } = await refusalOf(
      `GET /v1/test HTTP/1.1\r\nHost: a\r\n${'X-Flood: 0123456789\r\n'.repeat(100_000)}`,
    );

    expect(status).to.equal(431);
    expect(problem).to.include({ code: 'header-fields-too-large' });
  });

  it('refuses one endless header', async () => {
    const { status } = await refusalOf(`GET /v1/test HTTP/1.1\r\nX: ${'x'.repeat(40_000)}`);

    expect(status).to.equal(431);
  });

  const slow: Record<string, string> = {
    'nothing at all': '',
    'half a request line': 'GET /v1/te',
    'a header without its end': 'GET /v1/test HTTP/1.1\r\nHost: a\r\nX-Slow: ',
    'half a body': 'POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf',
    'half a chunk': 'POST /v1/test HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf',
  };
  for (const [name, text] of Object.entries(slow)) {
    it(`gives up on a caller who sends ${name} and keeps his connection`, async () => {
      const startedAtMs = Date.now();

      const { status } = await refusalOf(text);

      expect(status).to.equal(408);
      expect(Date.now() - startedAtMs).to.be.within(900, 4_500);
    });
  }

  it('gives up on a caller who sends a byte now and then', async () => {
    const connection = await RawConnection.open(edge.port);
    connection.send('GET /v1/test HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    const drip = setInterval(() => connection.send('x'), 100);
    try {
      expect(await connection.ends(4_500)).to.match(/^HTTP\/1.1 408 Request Timeout\r\n/);
    } finally {
      clearInterval(drip);
    }
  });

  it('does not give the refusal of a second request as the answer to the first', async () => {
    edge.echo.answer = () => 'nothing';
    const connection = await RawConnection.open(edge.port);

    const answer = await connection.send('GET /v1/test HTTP/1.1\r\nHost: a\r\n\r\ngarbage\r\n\r\n').ends();

    expect(answer).to.equal('');
  });

  it('closes the connection of a caller who never does, and takes nothing more from him', async () => {
    const connection = await RawConnection.open(edge.port);
    connection.send('POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf');
    await connection.receives(/ 408 Request Timeout/);

    connection.send('-body!POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n');
    const drip = setInterval(() => connection.send('x'), 50);
    await eventually(() => connection.isClosed).finally(() => clearInterval(drip));

    expect(edge.echo.received).to.have.length(0);
  });

  it('logs what it refused and of whom', async () => {
    await refusalOf('garbage\r\n\r\n');

    const line = edge.logLines.findLast((one) => one.includes('connection refused') && one.includes('info'));
    expect(JSON.parse(line ?? '{}')).to.include({ level: 'info', status: 400, peer: '127.0.0.1' });
  });
});
