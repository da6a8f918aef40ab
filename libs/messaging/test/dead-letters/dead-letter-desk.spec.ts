import { type GatewayError, topology } from '@cloud-gateway/contracts';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { connect } from 'amqplib';
import { expect } from 'chai';
import { connectBroker } from '../../src/connection/connect-broker.ts';
import { type DeadLetterDesk, openDeadLetterDesk } from '../../src/dead-letters/dead-letter-desk.ts';
import { handler } from '../../src/responder/handler.ts';
import { startTestService, type TestService, testLogger, token, writeRoute } from '../test-service.ts';

describe('openDeadLetterDesk', function () {
  this.timeout(serverStartTimeoutMs);
  let service: TestService;
  let desk: DeadLetterDesk;
  const executed: string[] = [];

  before(async () => {
    service = await startTestService(
      [
        handler(writeRoute, ({ body }) => {
          executed.push(body.name);
          return Promise.resolve({ body: {} });
        }),
      ],
      { limits: { deliveriesMax: 2 } },
    );
    desk = await openDeadLetterDesk({
      connection: service.connection,
      log: testLogger(),
      open: (sealed, context) => service.vault.open(sealed, context),
    });
  });

  after(async () => {
    await desk?.close();
    await service?.stop();
  });

  it('keeps a message whose handling died again and again: readable, without its secrets, and able to run again', async () => {
    await service.responder.stop();
    await poison('poison-1', 'a-secret-name');
    const next = await service.startAnother();

    const [letter] = await eventually(async () => {
      const letters = await desk.list(10);
      return letters.length > 0 ? letters : undefined;
    });
    expect(letter).to.include({ messageId: 'poison-1', service: 'test', routingKey: 'write.v1.test.things' });
    expect(await contentOfDeadLetters()).not.to.match(/a-secret-name|good-token/);
    expect(executed).to.deep.equal([]);

    await desk.requeue('poison-1');

    await eventually(() => executed.length === 1);
    expect(executed).to.deep.equal(['a-secret-name']);
    expect(await desk.list(10)).to.deep.equal([]);
    await next.stop();
  });

  it('throws one away, and says so when there is none of that name', async () => {
    await poison('poison-2', 'x');
    const next = await service.startAnother();
    await eventually(async () => (await desk.list(10)).length === 1);

    await desk.discard('poison-2');

    expect(await desk.list(10)).to.deep.equal([]);
    expect(await desk.discard('poison-2').catch((err: GatewayError) => err.code)).to.equal('not-found');
    await next.stop();
  });

  /** Publishes a write and lets it be taken and dropped by consumers that die, as a crashing process does. */
  async function poison(messageId: string, name: string): Promise<void> {
    const envelope = {
      version: 1,
      method: 'POST',
      path: '/v1/test/things',
      headers: { authorization: token },
      body: JSON.stringify({ name }),
    };
    const publishing = await connect(service.url);
    const channel = await publishing.createConfirmChannel();
    channel.publish(
      topology.requestsExchange,
      'write.v1.test.things',
      Buffer.from(JSON.stringify(envelope)),
      { persistent: true, messageId },
    );
    await channel.waitForConfirms();
    await publishing.close();
    for (let death = 0; death < 2; death++) {
      const connection = await connectBroker({ url: service.url, name: 'dying', log: testLogger() });
      const model = await connect(service.url);
      const dying = await model.createChannel();
      const taken = new Promise(
        (resolve) => void dying.consume(topology.requestQueue('test', 'write'), resolve),
      );
      await taken;
      await model.close();
      await connection.close();
    }
  }

  async function contentOfDeadLetters(): Promise<string> {
    const model = await connect(service.url);
    const channel = await model.createChannel();
    const message = await channel.get(topology.deadLetterQueue);
    await model.close();
    return message ? message.content.toString() + JSON.stringify(message.properties) : '';
  }
});
