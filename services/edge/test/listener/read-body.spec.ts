import { Agent } from 'node:http';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Answered, ask } from '../ask.ts';
import { RawConnection } from '../raw-connection.ts';
import { startTestEdge, type TestEdge } from '../test-edge.ts';

const limitBytes = 4096;

describe('readBody', function () {
  this.timeout(serverStartTimeoutMs);
  let edge: TestEdge;
  before(async () => {
    edge = await startTestEdge({ GATEWAY_EDGE_BODY_LIMIT_BYTES: String(limitBytes) });
  });
  beforeEach(() => edge.echo.reset());
  after(() => edge.stop());

  function expectTooLarge({ status, json, headers }: Answered): void {
    expect(status).to.equal(413);
    expect(headers['content-type']).to.equal('application/problem+json; charset=utf-8');
    expect(json).to.include({
      code: 'body-too-large',
      status: 413,
      detail: 'The body is larger than 4096 bytes.',
      requestId: headers['x-request-id'],
    });
    expect(edge.echo.received).to.have.length(0);
  }

  it('takes a body of exactly the limit, with or without its length said', async () => {
    const body = Buffer.alloc(limitBytes, 'x');

    expect((await ask(edge.url, { method: 'POST', body })).status).to.equal(200);
    expect((await ask(edge.url, { method: 'POST', chunks: [body] })).status).to.equal(200);
  });

  it('refuses one byte more', async () => {
    expectTooLarge(await ask(edge.url, { method: 'POST', body: Buffer.alloc(limitBytes + 1) }));
  });

  it('refuses one byte more when the length is not said', async () => {
    expectTooLarge(await ask(edge.url, { method: 'POST', chunks: [Buffer.alloc(limitBytes), 'x'] }));
  });

  it('refuses it of a GET as well', async () => {
    expectTooLarge(await ask(edge.url, { method: 'GET', body: Buffer.alloc(limitBytes + 1) }));
  });

  it('gives its refusal to a caller who sends megabytes, on a connection that can be used again', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const megabytes = Buffer.alloc(8 * 1024 * 1024);
    const declared = await ask(edge.url, { method: 'POST', body: megabytes, agent });
    const chunked = await ask(edge.url, { method: 'POST', chunks: [megabytes, megabytes], agent });
    const next = await ask(edge.url, { agent });
    agent.destroy();

    expect([declared.status, chunked.status, next.status]).to.deep.equal([413, 413, 200]);
    expect(next.local).to.equal(declared.local);
  });

  it('refuses what is announced before it is sent', async () => {
    const connection = await RawConnection.open(edge.port);
    connection.send(
      'POST /v1/test HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4097\r\n\r\n',
    );
    await connection.receives(/"status":413/);
    connection.close();

    expect(connection.text).to.match(/^HTTP\/1.1 413 /);
  });

  it('asks for what is announced when it is small enough', async () => {
    const connection = await RawConnection.open(edge.port);
    connection.send('POST /v1/test HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n');
    await connection.receives(/^HTTP\/1.1 100 Continue\r\n\r\n$/);
    connection.send('body');
    await connection.receives(/HTTP\/1.1 200 OK/);
    connection.close();

    expect(edge.echo.takeOne().envelope.body).to.equal('body');
  });

  it('sends nothing on when the caller leaves in the middle of his body', async () => {
    const connection = await RawConnection.open(edge.port);
    connection.send('POST /v1/test/leaves HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
    connection.close();

    const line = await eventually(() => edge.logLines.find((one) => one.includes('/v1/test/leaves')));
    expect(JSON.parse(line)).to.include({ status: 499, level: 'info' });
    expect(edge.echo.received).to.have.length(0);
    expect(await edge.metric('gateway_edge_pending_requests')).to.equal(0);
  });
});
