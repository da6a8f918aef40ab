import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Answered, ask } from '../ask.ts';
import { RawConnection } from '../raw-connection.ts';
import { startTestEdge, type TestEdge } from '../test-edge.ts';

describe('createRequestHandler', function () {
  this.timeout(serverStartTimeoutMs);
  let edge: TestEdge;
  before(async () => {
    edge = await startTestEdge({
      GATEWAY_EDGE_REQUEST_TIMEOUT_MS: '1000',
      GATEWAY_EDGE_PENDING_MAX: '3',
      GATEWAY_EDGE_TRUST_PROXY: 'true',
    });
  });
  beforeEach(() => {
    edge.echo.reset();
    edge.logLines.length = 0;
  });
  after(() => edge.stop());

  function expectProblem(answer: Answered, expected: { status: number; code: string }): void {
    expect(answer.status).to.equal(expected.status);
    expect(answer.headers['content-type']).to.equal('application/problem+json; charset=utf-8');
    expect(answer.json).to.include({
      ...expected,
      type: `/docs/errors#${expected.code}`,
      requestId: answer.headers['x-request-id'],
    });
  }

  const pending = () => edge.metric('gateway_edge_pending_requests');
  const lineOf = (text: string) =>
    eventually(() => edge.logLines.find((line) => line.includes(text))).then(
      (line) => JSON.parse(line) as Record<string, unknown>,
    );

  for (const method of ['GET', 'POST']) {
    it(`answers 404 to a ${method} that no service takes`, async () => {
      const answer = await ask(edge.url, { method, target: '/v1/nobody' });

      expectProblem(answer, { status: 404, code: 'not-found' });
      expect(answer.headers).not.to.have.property('retry-after');
    });

    it(`answers 504 to a ${method} that nobody answers in time`, async () => {
      edge.echo.answer = () => 'nothing';
      const startedAtMs = Date.now();

      const answer = await ask(edge.url, { method });

      expectProblem(answer, { status: 504, code: 'deadline-exceeded' });
      expect(answer.headers['retry-after']).to.equal('1');
      expect(Date.now() - startedAtMs).to.be.within(950, 2_500);
      expect(await pending()).to.equal(0);
    });
  }

  it('answers 404 to the root and to a long path that no service takes', async () => {
    for (const target of ['/', '/?a=b', `/${'a/'.repeat(3_000)}`, `/${'b'.repeat(9_000)}`]) {
      expectProblem(await ask(edge.url, { target }), { status: 404, code: 'not-found' });
    }
  });

  it('answers 503 at once to what is more than it may keep waiting', async () => {
    edge.echo.answer = () => 'nothing';
    const waiting = [1, 2, 3].map(() => ask(edge.url));
    await eventually(async () => (await pending()) === 3);

    const refused = await ask(edge.url);
    const page = await ask(edge.url, { target: '/docs' });
    const statuses = (await Promise.all(waiting)).map(({ status }) => status);

    expectProblem(refused, { status: 503, code: 'overloaded' });
    expect(refused.headers['retry-after']).to.equal('1');
    expect(page.status).to.equal(200);
    expect(statuses).to.deep.equal([504, 504, 504]);
  });

  it('forgets a request whose caller leaves while it waits', async () => {
    edge.echo.answer = () => 'nothing';
    const connection = await RawConnection.open(edge.port);
    connection.send('GET /v1/test/leaves HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually(async () => (await pending()) === 1);

    connection.close();

    await eventually(async () => (await pending()) === 0, { timeoutMs: 500 });
    expect(await lineOf('/v1/test/leaves')).to.include({ status: 499, level: 'info', peer: '127.0.0.1' });
  });

  it('lets the write of a caller who leaves go on', async () => {
    edge.echo.answer = () => 'nothing';
    const connection = await RawConnection.open(edge.port);
    connection.send('POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx');
    await eventually(() => edge.echo.received.length === 1);
    connection.close();

    expect(edge.echo.takeOne().envelope).to.include({ method: 'POST', body: 'x' });
  });

  it('survives callers who leave at any moment', async () => {
    const request = 'POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody';
    for (let length = 1; length <= request.length; length += 3) {
      const connection = await RawConnection.open(edge.port);
      connection.send(request.slice(0, length));
      connection.close();
    }

    await eventually(async () => (await pending()) === 0);
    expect((await ask(edge.url)).status).to.equal(200);
  });

  it('tells the service whom the trusted proxy names', async () => {
    await ask(edge.url, { headers: { 'x-forwarded-for': '6.6.6.6, 198.51.100.7' } });

    expect(edge.echo.takeOne().envelope.peer).to.deep.equal({ address: '198.51.100.7' });
    expect(await lineOf('"status":200')).to.include({ peer: '198.51.100.7' });
  });

  it('logs each request once, without query and body, of the headers the idempotency key only', async () => {
    const { headers } = await ask(edge.url, {
      method: 'POST',
      target: '/v1/test/logged?token=in-the-query',
      headers: { authorization: 'Bearer in-the-header', 'idempotency-key': 'key-1' },
      body: 'in-the-body',
    });

    expect(await lineOf('/v1/test/logged')).to.include({
      level: 'info',
      message: 'http request',
      requestId: headers['x-request-id'],
      method: 'POST',
      path: '/v1/test/logged',
      status: 200,
      idempotencyKey: 'key-1',
    });
    expect(edge.logLines.filter((line) => line.includes('/v1/test/logged'))).to.have.length(1);
    expect(edge.logLines.join('\n')).not.to.match(/in-the-(query|header|body)/);
  });

  it('counts what it answered by method and status', async () => {
    await ask(edge.url, { method: 'PATCH', target: '/v1/nobody' });

    const series = 'gateway_edge_request_seconds_count{service="edge",method="PATCH",status="404"';
    await eventually(async () => (await edge.metric(series)) === 1);
  });
});
