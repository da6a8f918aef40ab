import { randomUUID } from 'node:crypto';
import { errorCodes, topology } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import { connect } from 'amqplib';
import { expect } from 'chai';
import { openAmqpDoor, type RawMessage, routingKeyFor } from '../src/amqp-client.ts';
import { type ApiClient, createCredentials, logIn, prove, readProblem } from '../src/api-client.ts';
import type { DoorRequest } from '../src/door.ts';
import { openHttpDoor } from '../src/http-client.ts';
import { instancesInCloud, launchBody } from '../src/launches.ts';
import { useDoor, useGateway } from '../src/use-gateway.ts';
import { badRequests } from './bad-requests.ts';

describe('bad input', function () {
  this.timeout(30_000);
  const gateway = useGateway();
  const http = useDoor(openHttpDoor, gateway);
  const amqp = useDoor(openAmqpDoor, gateway);
  let client: ApiClient;
  let clientId: string;
  before(async () => {
    const credentials = await createCredentials(gateway(), http());
    clientId = credentials.clientId;
    client = await logIn(http(), credentials);
    await prove(gateway(), client);
  });

  const instances = () => `/v1/clouds/ec2/accounts/${gateway().account}/instances`;
  const authorization = () => `Bearer ${client.token}`;
  const launchRequest = (): DoorRequest => ({
    method: 'POST',
    path: instances(),
    headers: { authorization: authorization(), 'content-type': 'application/json' },
    body: JSON.stringify(launchBody(gateway())),
  });
  const launching = (changes: object) => JSON.stringify(launchBody(gateway(), { ...changes }));

  for (const door of [http, amqp]) {
    it(`over ${door === http ? 'HTTP' : 'AMQP'} is refused as documented, and has no effect`, async () => {
      const before = instancesInCloud(gateway());
      for (const { what, code, request, at } of badRequests({
        gateway: gateway(),
        authorization: authorization(),
      })) {
        const answer = await door().send({ ...launchRequest(), ...request });
        expect(answer.status, `${what}: ${answer.body}`).to.equal(errorCodes[code].status);
        const problem = readProblem(answer);
        expect(problem.code, what).to.equal(code);
        if (at !== undefined) {
          const places = problem.errors?.map(({ path }) => path);
          expect(places, `${what}: ${answer.body}`).to.deep.equal([at]);
        }
        if (code === 'unauthenticated') expect(answer.headers, what).to.have.property('www-authenticate');
      }
      expect(instancesInCloud(gateway())).to.deep.equal(before);
    });
  }

  for (const path of ['/v1/nonsense', '/', '/v1/clouds/nowhere/accounts/nowhere-1/instances']) {
    for (const method of ['GET', 'POST']) {
      it(`${method} ${path}: no service answers, 404 over HTTP, returned over AMQP`, async () => {
        const problem = readProblem(
          await http().send({ method, path, headers: { authorization: authorization() } }),
        );
        expect(problem).to.include({ code: 'not-found', detail: 'No service answers this path.' });
        const routingKey = routingKeyFor({ method, path });
        const { outcome } = await amqp().publish({ routingKey, content: '{}' });
        expect(await outcome).to.deep.equal({ kind: 'returned' });
      });
    }
  }

  it('over HTTP: a body that is too large, declared or not', async () => {
    const body = launching({ userData: 'x'.repeat(70_000) });
    const declared = readProblem(await http().send({ ...launchRequest(), body }));
    expect(declared).to.include({ code: 'body-too-large', status: 413 });

    const response = await fetch(`${gateway().edgeUrl}${instances()}`, {
      method: 'POST',
      headers: { authorization: authorization(), 'content-type': 'application/json' },
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).to.equal(413);
    expect(await response.json()).to.include({ code: 'body-too-large' });
  });

  it('over HTTP: a body that is not text', async () => {
    const response = await fetch(`${gateway().edgeUrl}${instances()}`, {
      method: 'POST',
      headers: { authorization: authorization(), 'content-type': 'application/json' },
      body: new Uint8Array([0xff, 0xfe, 0x00, 0x80]),
    });
    expect(response.status).to.equal(400);
    expect(await response.json()).to.include({ code: 'malformed-request' });
  });

  it('over HTTP: header fields that are too large', async () => {
    const headers = { authorization: authorization(), 'x-flood': 'x'.repeat(40_000) };
    const response = await fetch(`${gateway().edgeUrl}/v1/clouds`, { headers });
    expect(response.status).to.equal(431);
    expect(await response.json()).to.include({ code: 'header-fields-too-large' });
  });

  it('over AMQP: what is no envelope', async () => {
    const envelope = { version: 1, method: 'GET', path: '/v1/tokens/current' };
    for (const content of [
      'not JSON',
      '',
      Buffer.from([0xff, 0x00, 0xfe]),
      'null',
      '7',
      '[]',
      '{}',
      JSON.stringify({ ...envelope, version: 2 }),
      JSON.stringify({ ...envelope, method: 'get' }),
      JSON.stringify({ ...envelope, path: 'v1/tokens/current' }),
      JSON.stringify({ ...envelope, headers: { authorization: 7 } }),
      JSON.stringify({ ...envelope, body: { region: 'us-east-1' } }),
      JSON.stringify({ ...envelope, bodyEncoding: 'utf16' }),
      JSON.stringify({ ...envelope, deadlineAt: 'tomorrow' }),
    ]) {
      for (const routingKey of ['read.v1.tokens.current', 'write.v1.clouds.ec2.accounts']) {
        const { outcome } = await amqp().publish({ routingKey, content });
        const delivery = await outcome;
        if (delivery.kind !== 'answer') throw new Error(`${routingKey} came back`);
        const problem = readProblem(delivery.answer);
        expect(problem, String(content)).to.include({ code: 'malformed-envelope', status: 400 });
      }
    }
  });

  it('over AMQP: an answer that should go to somebody else is dropped, and so is the request', async () => {
    const before = instancesInCloud(gateway());
    for (const replyTo of [
      'credentials.write',
      `reply.${clientId}x.main`,
      'reply.cli_other.main',
      'my-queue',
    ]) {
      await isDropped(launchMessage({}, { replyTo }));
    }
    expect(instancesInCloud(gateway())).to.deep.equal(before);
  });

  it('over AMQP: a request whose deadline has passed is dropped without effect', async () => {
    const before = instancesInCloud(gateway());
    await isDropped(launchMessage({ deadlineAt: Date.now() - 1 }));
    await isDropped({
      routingKey: 'read.v1.tokens.current',
      content: JSON.stringify({
        version: 1,
        method: 'GET',
        path: '/v1/tokens/current',
        headers: { authorization: authorization() },
        deadlineAt: 0,
      }),
    });
    expect(instancesInCloud(gateway())).to.deep.equal(before);
  });

  it('has crashed nothing: every service still answers, and has logged no error', async () => {
    for (const path of ['/v1/tokens/current', '/v1/clouds', instances()]) {
      for (const door of [http(), amqp()]) {
        const answer = await door.send({ method: 'GET', path, headers: { authorization: authorization() } });
        expect(answer.status, `${path} over ${door.name}`).to.equal(200);
      }
    }
    expect(gateway().log.filter(({ level }) => level === 'error')).to.deep.equal([]);
  });

  it('leaves nothing in any queue', async () => {
    // What a service holds without having acknowledged it would come back to the queue now.
    await gateway().stopServices();
    const model = await connect(gateway().amqpUrl);
    try {
      const channel = await model.createChannel();
      for (const queue of [
        ...['credentials', 'cloud-adapter', 'cloud-adapter.ec2'].flatMap((service) =>
          (['read', 'write'] as const).map((deliveryClass) => topology.requestQueue(service, deliveryClass)),
        ),
        topology.overflowQueue,
        topology.deadLetterQueue,
      ]) {
        expect(await channel.checkQueue(queue)).to.include({ queue, messageCount: 0, consumerCount: 0 });
      }
    } finally {
      await model.close();
    }
  });

  function launchMessage(changes: object, properties: RawMessage['properties'] = {}): RawMessage {
    return {
      routingKey: routingKeyFor({ method: 'POST', path: instances() }),
      content: JSON.stringify({ version: 1, ...launchRequest(), ...changes }),
      properties,
    };
  }

  /** Its end is in the log, and nobody is told. */
  async function isDropped(message: RawMessage): Promise<void> {
    const messageId = randomUUID();
    await amqp().publish({ ...message, properties: { ...message.properties, messageId } });
    await eventually(() =>
      gateway().log.some(({ requestId, status }) => requestId === messageId && status === 'dropped'),
    );
    // An answer would have left before this one.
    await amqp().send({ method: 'GET', path: '/v1/tokens/current' });
    expect(amqp().settled).to.not.include(messageId);
  }
});
