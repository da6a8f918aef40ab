import { Agent } from 'node:http';
import { createServer } from 'node:net';
import { isConfigurationError } from '@cloud-gateway/runtime';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { ask } from '../ask.ts';
import { RawConnection } from '../raw-connection.ts';
import { startTestEdge, type TestEdge } from '../test-edge.ts';

describe('startListener', function () {
  this.timeout(serverStartTimeoutMs);
  let edge: TestEdge;
  beforeEach(async () => {
    edge = await startTestEdge({ GATEWAY_EDGE_REQUEST_TIMEOUT_MS: '3000' });
  });
  afterEach(() => edge.stop());

  it('serves others while two hundred connections do nothing, and stops without waiting for them', async () => {
    const idle = await Promise.all(Array.from({ length: 200 }, () => RawConnection.open(edge.port)));

    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await ask(edge.url)).status));

    expect(statuses).to.deep.equal(statuses.map(() => 200));
    const startedAtMs = Date.now();
    await edge.edge.stop();
    expect(Date.now() - startedAtMs).to.be.below(2_000);
    for (const connection of idle) connection.close();
  });

  it('takes one request after the other on one connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await ask(edge.url, { agent });
    const second = await ask(edge.url, { agent, method: 'POST', body: 'x' });
    const refused = await ask(edge.url, { agent, target: '/v1/nobody' });
    const third = await ask(edge.url, { agent });
    agent.destroy();

    expect([first, second, refused, third].map(({ status }) => status)).to.deep.equal([200, 200, 404, 200]);
    expect(new Set([first, second, refused, third].map(({ local }) => local)).size).to.equal(1);
  });

  it('answers pipelined requests in their order, also when the second answer is there first', async () => {
    edge.echo.answer = async ({ path }) => {
      if (path.endsWith('slow')) await new Promise((resolve) => setTimeout(resolve, 200));
      return { body: path };
    };
    const connection = await RawConnection.open(edge.port);
    connection.send(
      'POST /v1/test/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbodyGET /v1/test/fast HTTP/1.1\r\nHost: a\r\n\r\n',
    );
    await connection.receives(/slow.*fast/s);
    connection.close();

    expect(connection.text.match(/HTTP\/1.1 200 OK/g)).to.have.length(2);
  });

  it('lets a request that is under way finish when it stops, and takes no other', async () => {
    let answerNow: (() => void) | undefined;
    edge.echo.answer = () =>
      new Promise((resolve) => {
        answerNow = () => resolve({ body: 'finished' });
      });
    const agent = new Agent({ keepAlive: true });
    const underWay = ask(edge.url, { agent });
    await eventually(() => answerNow !== undefined);

    const stopping = edge.edge.stop();
    const refused = await ask(edge.url).catch((err: NodeJS.ErrnoException) => err.code);
    answerNow?.();
    const answer = await underWay;
    await stopping;
    agent.destroy();

    expect(refused).to.equal('ECONNREFUSED');
    expect(answer).to.include({ status: 200 });
    expect(answer.body.toString()).to.equal('finished');
    expect(answer.headers.connection).to.equal('close');
  });

  it('stops when its time is over, even when a caller never finishes his request', async () => {
    const connection = await RawConnection.open(edge.port);
    connection.send('POST /v1/test HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf');
    await eventually(() => edge.edge.url);
    const startedAtMs = Date.now();

    await edge.edge.stop();

    expect(Date.now() - startedAtMs).to.be.below(4_000);
    await connection.ends();
  });

  it('gives up on a caller who has stopped reading his answer', async () => {
    const hurried = await startTestEdge({ GATEWAY_EDGE_REQUEST_TIMEOUT_MS: '1000' });
    hurried.echo.answer = () => ({ body: 'x'.repeat(12 * 1024 * 1024) });
    const connection = await RawConnection.open(hurried.port);
    connection.socket.pause();
    connection.send('GET /v1/test/unread HTTP/1.1\r\nHost: a\r\n\r\n');

    const line = await eventually(() => hurried.logLines.find((one) => one.includes('/v1/test/unread')));
    connection.close();
    await hurried.stop();

    expect((JSON.parse(line) as { durationMs: number }).durationMs).to.be.within(1_900, 9_000);
  });

  it('says which setting chose a port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };

    const failure = await startTestEdge({ GATEWAY_EDGE_PORT: String(port) }).catch((err: unknown) => err);
    taken.close();

    expect(failure).to.satisfy(isConfigurationError);
    expect(String(failure)).to.match(
      new RegExp(`GATEWAY_EDGE_PORT: cannot listen on port ${port} of 127.0.0.1: .*address already in use`),
    );
  });

  it('says so when the address is not one of this machine', async () => {
    const failure = await startTestEdge({ GATEWAY_EDGE_HOST: '192.0.2.1' }).catch((err: unknown) => err);

    expect(failure).to.satisfy(isConfigurationError);
    expect(String(failure)).to.include('of 192.0.2.1: ');
  });
});
