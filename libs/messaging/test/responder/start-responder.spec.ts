import { GatewayError, type Problem, topology } from '@cloud-gateway/contracts';
import { createTestVirtualHost, eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { expect } from 'chai';
import { handler } from '../../src/responder/handler.ts';
import {
  caller,
  echoHandler,
  echoRoute,
  openHandler,
  startTestService,
  type TestService,
  token,
  writeRoute,
} from '../test-service.ts';

describe('startResponder', () => {
  let service: TestService;
  let raw: ChannelModel;
  let channel: Channel;
  let behave: (attempt: number) => Promise<unknown>;
  let executions = 0;

  const writeHandler = handler(writeRoute, async ({ body, attempt }) => {
    executions++;
    return { body: { name: body.name, result: await behave(attempt) } };
  });
  const failHandler = handler({ ...echoRoute, name: 'test-fail', path: '/v1/test/fail/:id' }, () => {
    throw new Error('a fault with s3cret-in-it');
  });

  before(async function () {
    this.timeout(serverStartTimeoutMs);
    service = await startTestService([echoHandler, openHandler, writeHandler, failHandler], {
      limits: { deliveriesMax: 3, writeLeaseMs: 1_000 },
    });
    raw = await connect(service.url);
    channel = await raw.createChannel();
  });

  after(async () => {
    await raw?.close();
    await service?.stop();
  });

  beforeEach(() => {
    executions = 0;
    behave = () => Promise.resolve('done');
  });

  describe('a read', () => {
    it('reaches its handler decoded, validated and authenticated', async () => {
      const reply = await service.ask({
        path: '/v1/test/echo/a%2Fb',
        query: 'limit=7&tag=x&tag=y%20z',
        requestId: 'req-1',
      });

      expect(reply.status).to.equal(200);
      expect(reply.json).to.deep.equal({
        params: { id: 'a/b' },
        query: { limit: 7, tag: ['x', 'y z'] },
        clientId: caller.clientId,
        requestId: 'req-1',
      });
    });

    const refused: [why: string, request: Parameters<TestService['ask']>[0], code: string, status: number][] =
      [
        ['an unknown path of ours', { path: '/v1/test/nowhere' }, 'not-found', 404],
        ['a method that the path does not have', { path: '/v1/test/things', headers: {} }, 'not-found', 404],
        [
          'a wrong token',
          { path: '/v1/test/echo/a', headers: { authorization: 'Bearer bad' } },
          'unauthenticated',
          401,
        ],
        [
          'two tokens',
          { path: '/v1/test/echo/a', headers: { authorization: [token, token] } },
          'malformed-request',
          400,
        ],
        [
          'a query of the wrong type',
          { path: '/v1/test/echo/a', query: 'limit=many' },
          'validation-failed',
          400,
        ],
        ['an unknown query field', { path: '/v1/test/echo/a', query: 'nosuch=1' }, 'validation-failed', 400],
        [
          'a path parameter out of bounds',
          { path: '/v1/test/echo/aaaaaaaaaaaaaaaaaa' },
          'validation-failed',
          400,
        ],
        ['a body that is not JSON', { path: '/v1/test/echo/a', body: '{"a":' }, 'malformed-request', 400],
        [
          'a body of another type',
          { path: '/v1/test/echo/a', body: '<a/>', headers: { 'content-type': 'text/xml' } },
          'malformed-request',
          400,
        ],
        [
          'a binary body',
          { path: '/v1/test/echo/a', body: 'gICA', bodyEncoding: 'base64' },
          'malformed-request',
          400,
        ],
      ];
    for (const [why, request, code, status] of refused) {
      it(`is refused for ${why}, with a problem that says so`, async () => {
        const reply = await service.ask(request);

        expect(reply.status).to.equal(status);
        expect(reply.headers['content-type']).to.match(/^application\/problem\+json/);
        expect((reply.json as Problem).code).to.equal(code);
        expect((reply.json as Problem).requestId).to.be.a('string');
      });
    }

    it('lists every faulty field at once', async () => {
      const reply = await service.ask({ path: '/v1/test/echo/aaaaaaaaaaaaaaaaaa', query: 'limit=many' });

      expect((reply.json as Problem).errors?.map((issue) => issue.path)).to.deep.equal([
        'path.id',
        'query.limit',
      ]);
    });

    it('does not tell the caller what a fault of ours was, but tells the log', async () => {
      const reply = await service.ask({ path: '/v1/test/fail/a' });

      expect(reply.status).to.equal(500);
      expect(reply.body).not.to.include('s3cret-in-it');
      await eventually(() => service.logLines.some((line) => line.includes('a handler failed')));
    });

    it('needs the permission that its route names', async () => {
      const powerless = await startTestService([echoHandler], {
        authenticate: () => Promise.resolve({ ...caller, permissions: new Set() }),
      });
      try {
        const reply = await powerless.ask({ path: '/v1/test/echo/a' });

        expect(reply.status).to.equal(403);
        expect((reply.json as Problem).detail).to.include('resources:read');
      } finally {
        await powerless.stop();
      }
    });
  });

  describe('a message that is no request envelope', () => {
    for (const [what, content] of [
      ['no JSON', 'GET / HTTP/1.1'],
      ['JSON of another shape', '{"hello":"world"}'],
      ['nothing at all', ''],
      ['a deep nest', '['.repeat(5_000)],
    ] as const) {
      it(`is answered 400 malformed-envelope when it is ${what}`, async () => {
        const reply = await askRaw(content, 'read.v1.test.echo.a');

        expect(reply).to.deep.include({ status: 400 });
        expect(JSON.parse(reply.body).code).to.equal('malformed-envelope');
      });
    }

    it('is acknowledged without an answer when nobody is named to answer, and leaves the queue', async () => {
      channel.publish(topology.requestsExchange, 'write.v1.test.things', Buffer.from('rubbish'));

      await eventually(() => service.logLines.some((line) => line.includes('unnamed-')));
      await queuesAreEmpty();
    });
  });

  describe('a reply_to', () => {
    it('in another queue gets nothing, and the handler does not run', async () => {
      const { queue } = await channel.assertQueue('somebody-elses-queue', { exclusive: true });

      channel.publish(
        topology.requestsExchange,
        'write.v1.test.things',
        Buffer.from(JSON.stringify(writeEnvelope('stolen'))),
        {
          replyTo: queue,
          messageId: 'evil-1',
        },
      );

      await eventually(() =>
        service.outcomes.some((outcome) => outcome.requestId === 'evil-1' && outcome.status === 'dropped'),
      );
      expect((await channel.checkQueue(queue)).messageCount).to.equal(0);
      expect(executions).to.equal(0);
    });

    it("in the client's own prefix is answered", async () => {
      const { queue } = await channel.assertQueue(`${topology.clientReplyPrefix(caller.clientId)}mine`, {
        exclusive: true,
      });

      channel.publish(
        topology.requestsExchange,
        'write.v1.test.things',
        Buffer.from(JSON.stringify(writeEnvelope('own'))),
        {
          replyTo: queue,
          messageId: 'own-1',
        },
      );

      const answer = await eventually(async () => (await channel.get(queue, { noAck: true })) || undefined);
      expect(answer.properties.correlationId).to.equal('own-1');
    });

    it('in the prefix of whom the broker knows is answered without a good token too', async () => {
      const userId = decodeURIComponent(new URL(service.url).username);
      const { queue } = await channel.assertQueue(`${topology.clientReplyPrefix(userId)}mine`, {
        exclusive: true,
      });
      const { headers, ...envelope } = writeEnvelope('refused');
      const content = Buffer.from(
        JSON.stringify({ ...envelope, headers: { ...headers, authorization: 'Bearer bad' } }),
      );
      const options = { replyTo: queue, messageId: 'refused-1' };

      channel.publish(topology.requestsExchange, 'write.v1.test.things', content, { ...options, userId });

      const answer = await eventually(async () => (await channel.get(queue, { noAck: true })) || undefined);
      expect(JSON.parse(answer.content.toString()).status).to.equal(401);
    });
  });

  describe('a write', () => {
    it('is executed once, and its repetition under the same key gets the stored answer', async () => {
      const first = await service.ask(writeRequest('one', 'key-1'));
      const second = await service.ask(writeRequest('one', 'key-1'));

      expect(first.status).to.equal(201);
      expect(second.json).to.deep.equal(first.json);
      expect(second.headers['idempotency-replayed']).to.equal('true');
      expect(executions).to.equal(1);
    });

    it('is refused when its key came with another request before', async () => {
      await service.ask(writeRequest('one', 'key-2'));
      const reply = await service.ask(writeRequest('two', 'key-2'));

      expect((reply.json as Problem).code).to.equal('idempotency-key-reused');
      expect(executions).to.equal(1);
    });

    it('sent twice at once is executed once, and both get the answer', async () => {
      let finish: () => void = () => undefined;
      behave = () =>
        new Promise((resolve) => {
          finish = () => resolve('slow');
        });

      const both = [service.ask(writeRequest('one', 'key-3')), service.ask(writeRequest('one', 'key-3'))];
      await eventually(() => executions === 1);
      finish();

      expect((await Promise.all(both)).map((reply) => reply.status)).to.deep.equal([201, 201]);
      expect(executions).to.equal(1);
    });

    it('keeps its refusal as its outcome, but not a retryable failure', async () => {
      behave = () => Promise.reject(new GatewayError('conflict', { message: 'no' }));
      await service.ask(writeRequest('a', 'key-4'));
      behave = () => Promise.reject(new GatewayError('cloud-throttled', { message: 'later' }));
      await service.ask(writeRequest('a', 'key-5'));
      behave = (attempt) => Promise.resolve(`attempt ${attempt}`);

      expect((await service.ask(writeRequest('a', 'key-4'))).status).to.equal(409);
      expect((await service.ask(writeRequest('a', 'key-5'))).json).to.deep.equal({
        name: 'a',
        result: 'attempt 2',
      });
    });

    it('is dropped before any effect when its deadline has passed', async () => {
      channel.publish(
        topology.requestsExchange,
        'write.v1.test.things',
        Buffer.from(JSON.stringify({ ...writeEnvelope('late'), deadlineAt: Date.now() - 1 })),
        { messageId: 'late-1' },
      );

      await eventually(() =>
        service.outcomes.some((outcome) => outcome.requestId === 'late-1' && outcome.status === 'dropped'),
      );
      expect(executions).to.equal(0);
    });

    it('answers 504 at its deadline, while it goes on', async () => {
      let finish: () => void = () => undefined;
      behave = () =>
        new Promise((resolve) => {
          finish = () => resolve('late');
        });

      const refusal = await service
        .ask({ ...writeRequest('slow', 'key-6'), timeoutMs: 200 })
        .catch((err: GatewayError) => err.code);
      finish();

      expect(refusal).to.equal('deadline-exceeded');
      const repeated = await service.ask(writeRequest('slow', 'key-6'));
      expect(repeated.status).to.equal(201);
      expect(executions).to.equal(1);
    });
  });

  it('answers 404 at once where no service has bound the path', async () => {
    const refusal = await service.ask({ path: '/v1/nobody/here' }).catch((err: GatewayError) => err.code);

    expect(refusal).to.equal('not-found');
  });

  it('finishes what is under way when it is stopped, and leaves the rest to the next one', async () => {
    const host = await createTestVirtualHost();
    await host.remove();
    let finish: () => void = () => undefined;
    behave = () =>
      new Promise((resolve) => {
        finish = () => resolve('finished');
      });
    const other = await startTestService([writeHandler]);
    try {
      const underWay = other.ask(writeRequest('one', 'key-7'));
      await eventually(() => executions === 1);
      const stopped = other.responder.stop();
      finish();
      expect((await underWay).status).to.equal(201);
      await stopped;

      const waiting = other.ask(writeRequest('two', 'key-8'));
      behave = () => Promise.resolve('by the next');
      const next = await other.startAnother();
      expect((await waiting).json).to.deep.equal({ name: 'two', result: 'by the next' });
      await next.stop();
    } finally {
      await other.stop();
    }
  });

  function writeRequest(name: string, key: string) {
    return {
      method: 'POST',
      path: '/v1/test/things',
      body: JSON.stringify({ name }),
      headers: { 'idempotency-key': key, 'content-type': 'application/json' },
    };
  }

  function writeEnvelope(name: string) {
    return {
      version: 1,
      method: 'POST',
      path: '/v1/test/things',
      headers: { authorization: token },
      body: JSON.stringify({ name }),
    };
  }

  async function askRaw(content: string, routingKey: string): Promise<{ status: number; body: string }> {
    const asking = await raw.createChannel();
    try {
      const answered = new Promise<{ status: number; body: string }>((resolve) => {
        asking
          .consume(
            'amq.rabbitmq.reply-to',
            (message) => message && resolve(JSON.parse(message.content.toString())),
            { noAck: true },
          )
          .then(
            () =>
              asking.publish(topology.requestsExchange, routingKey, Buffer.from(content), {
                replyTo: 'amq.rabbitmq.reply-to',
                messageId: 'raw',
              }),
            () => undefined,
          );
      });
      return await answered;
    } finally {
      await asking.close();
    }
  }

  async function queuesAreEmpty(): Promise<void> {
    await eventually(async () => {
      const read = await channel.checkQueue(topology.requestQueue('test', 'read'));
      const write = await channel.checkQueue(topology.requestQueue('test', 'write'));
      return read.messageCount + write.messageCount === 0;
    });
  }
});
