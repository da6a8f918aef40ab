import { type GatewayError, topology } from '@cloud-gateway/contracts';
import {
  closeBrokerConnections,
  createTestVirtualHost,
  eventually,
  serverStartTimeoutMs,
} from '@cloud-gateway/test-support';
import { connect } from 'amqplib';
import { expect } from 'chai';
import { connectBroker } from '../../src/connection/connect-broker.ts';
import { declareOverflow, declareRequestQueues } from '../../src/connection/declare-topology.ts';
import { createRequester } from '../../src/requests/requester.ts';
import { handler } from '../../src/responder/handler.ts';
import { startResponder } from '../../src/responder/start-responder.ts';
import { echoHandler, startTestService, testLogger, writeRoute } from '../test-service.ts';

describe('createRequester', function () {
  this.timeout(serverStartTimeoutMs);

  it('survives a cut connection: requests under way are answered, writes are executed once', async () => {
    const executed: string[] = [];
    const service = await startTestService([
      echoHandler,
      handler(writeRoute, async ({ body }) => {
        executed.push(body.name);
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { body: { name: body.name } };
      }),
    ]);
    try {
      const asked: Promise<{ status: number }>[] = [];
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < 30; i++) {
          const name = `${round}-${i}`;
          asked.push(service.ask({ path: `/v1/test/echo/${name}`, timeoutMs: 20_000 }));
          asked.push(
            service.ask({
              method: 'POST',
              path: '/v1/test/things',
              body: JSON.stringify({ name }),
              headers: { 'idempotency-key': name },
              timeoutMs: 20_000,
            }),
          );
        }
        await closeBrokerConnections(service.virtualHost);
        await eventually(() => service.connection.isUp());
      }

      const statuses = (await Promise.all(asked)).map((reply) => reply.status);

      expect(statuses.filter((status) => status === 200)).to.have.length(90);
      expect(statuses.filter((status) => status === 201)).to.have.length(90);
      expect(new Set(executed).size).to.equal(90);
      expect(executed).to.have.length(90);
    } finally {
      await service.stop();
    }
  });

  it('refuses at once while the broker is away', async () => {
    const host = await createTestVirtualHost();
    const connection = await connectBroker({ url: host.url, name: 'test', log: testLogger() });
    const requester = await createRequester({ connection, log: testLogger(), reconnectGraceMs: 100 });
    const underWay = send(requester, '/v1/nobody/consumes');
    await connection.close();

    expect(await underWay).to.equal('unavailable');
    expect(await send(requester, '/v1/anything')).to.equal('unavailable');
    expect(requester.pendingCount()).to.equal(0);
    await requester.stop();
    await host.remove();
  });

  it('refuses what is more than it may keep waiting', async () => {
    const host = await createTestVirtualHost();
    const connection = await connectBroker({ url: host.url, name: 'test', log: testLogger() });
    await declareQueues(host.url, 10);
    const requester = await createRequester({ connection, log: testLogger(), pendingMax: 2 });
    const waiting = [send(requester, '/v1/test/a', 500), send(requester, '/v1/test/b', 500)];

    expect(await send(requester, '/v1/test/c', 500)).to.equal('overloaded');
    expect(await Promise.all(waiting)).to.deep.equal(['deadline-exceeded', 'deadline-exceeded']);
    await requester.stop();
    await connection.close();
    await host.remove();
  });

  it('is told at once when the queue of the service is full, for reads and writes', async () => {
    const host = await createTestVirtualHost();
    const connection = await connectBroker({ url: host.url, name: 'test', log: testLogger() });
    await declareQueues(host.url, 2);
    const requester = await createRequester({ connection, log: testLogger() });

    const reads = [1, 2, 3, 4, 5].map((i) => send(requester, `/v1/test/${i}`, 3_000));
    // Any responder answers for a full queue; this one serves another path.
    const other = await startResponder({
      ...silent,
      connection,
      service: 'other',
      bindings: ['*.v1.other.#'],
      handlers: [],
      log: testLogger(),
    });
    expect((await Promise.all(reads)).filter((code) => code === '503')).to.have.length(3);

    // A quorum queue counts a little late, so that a few more than its limit may get in.
    const codes: string[] = [];
    const writes: Promise<unknown>[] = [];
    await eventually(() => {
      writes.push(send(requester, '/v1/test/w', 3_000, 'POST').then((code) => codes.push(code)));
      return codes.includes('overloaded');
    });
    expect(codes).to.deep.equal(codes.map(() => 'overloaded'));
    await Promise.all(writes);
    expect(codes.filter((code) => code === 'deadline-exceeded')).to.have.length.within(2, 5);
    await other.stop();
    await requester.stop();
    await connection.close();
    await host.remove();
  });

  it('asks a queue directly once it has learned of it, and finds another way when that queue is gone', async () => {
    const service = await startTestService([echoHandler]);
    const model = await connect(service.url);
    try {
      const channel = await model.createChannel();
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, topology.requestsExchange, 'read.v1.test.#');
      const seenByExchange = async () => (await channel.checkQueue(queue)).messageCount;

      for (let i = 0; i < 5; i++) await service.ask({ path: '/v1/test/echo/a' });
      expect(await seenByExchange()).to.equal(1);

      await channel.unbindQueue(queue, topology.requestsExchange, 'read.v1.test.#');
      await service.responder.stop();
      await channel.deleteQueue(topology.requestQueue('test', 'read'));
      const successor = await service.startAnother({ service: 'successor' });
      const reply = await service.ask({ path: '/v1/test/echo/a' });
      expect(reply.status).to.equal(200);
      await successor.stop();
    } finally {
      await model.close();
      await service.stop();
    }
  });

  const silent = {
    authenticate: () => Promise.reject(new Error('not asked')),
    idempotency: {
      begin: () => Promise.reject(new Error('not asked')),
      extend: () => Promise.reject(new Error('not asked')),
      complete: () => Promise.reject(new Error('not asked')),
      release: () => Promise.reject(new Error('not asked')),
    },
    seal: () => Promise.reject(new Error('not asked')),
  };

  async function send(
    requester: Awaited<ReturnType<typeof createRequester>>,
    path: string,
    timeoutMs = 2_000,
    method = 'GET',
  ): Promise<string> {
    const envelope = {
      version: 1 as const,
      method,
      path,
      query: '',
      headers: {},
      body: '',
      bodyEncoding: 'utf8' as const,
      deadlineAt: Date.now() + timeoutMs,
    };
    return requester.send(envelope, `${method}-${path}-${Math.random()}`).reply.then(
      (reply) => String(reply.status),
      (err: GatewayError) => err.code,
    );
  }

  /** The queues of a service that is not running. */
  async function declareQueues(url: string, queueLengthMax: number): Promise<void> {
    const model = await connect(url);
    const channel = await model.createChannel();
    await channel.assertExchange(topology.requestsExchange, 'topic', { durable: true });
    await declareOverflow(channel);
    await declareRequestQueues(channel, { service: 'test', bindings: ['*.v1.test.#'], queueLengthMax });
    await model.close();
  }
});
