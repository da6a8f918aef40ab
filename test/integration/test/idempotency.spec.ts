import { resourceCreateRoute } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { openAmqpDoor } from '../src/amqp-client.ts';
import { type ApiClient, createApiClient, newClient, prove, readProblem } from '../src/api-client.ts';
import { openHttpDoor } from '../src/http-client.ts';
import { instancesInCloud, launchBody, pathOf } from '../src/launches.ts';
import { useDoor, useGateway } from '../src/use-gateway.ts';

describe('an idempotency key', function () {
  this.timeout(30_000);
  const gateway = useGateway();
  const http = useDoor(openHttpDoor, gateway);
  const amqp = useDoor(openAmqpDoor, gateway);
  let client: ApiClient;
  let atOtherDoor: ApiClient;
  before(async () => {
    client = await newClient(gateway(), http());
    atOtherDoor = createApiClient(amqp(), client.token);
    await prove(gateway(), client);
  });

  const launchWith = (caller: ApiClient, idempotencyKey: string, changes = {}) =>
    caller.send(resourceCreateRoute('instance'), {
      params: pathOf(gateway()),
      body: launchBody(gateway(), changes),
      idempotencyKey,
    });

  it('launches one instance over HTTP and AMQP, and repeats the first answer', async () => {
    const before = instancesInCloud(gateway());
    const first = await launchWith(client, 'both-doors');
    const second = await launchWith(atOtherDoor, 'both-doors');
    const third = await launchWith(client, 'both-doors');

    expect([first, second, third].map(({ status }) => status)).to.deep.equal([202, 202, 202]);
    expect([first, second, third].map(({ headers }) => headers['idempotency-replayed'])).to.deep.equal([
      undefined,
      'true',
      'true',
    ]);
    expect([second.body, third.body]).to.deep.equal([first.body, first.body]);
    expect(newInstances(before)).to.have.length(1);
  });

  it('launches one instance for requests that come at the same time at both doors', async () => {
    const before = instancesInCloud(gateway());
    const answers = await Promise.all(
      [client, atOtherDoor, client, atOtherDoor].map((caller) => launchWith(caller, 'at-once')),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).to.equal(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).to.have.length(3);
    expect(newInstances(before)).to.have.length(1);
  });

  it('is the message id over AMQP when there is no header', async () => {
    const before = instancesInCloud(gateway());
    const { account } = gateway();
    const message = {
      routingKey: `write.v1.clouds.ec2.accounts.${account}.instances`,
      content: JSON.stringify({
        version: 1,
        method: 'POST',
        path: `/v1/clouds/ec2/accounts/${account}/instances`,
        headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(launchBody(gateway())),
      }),
      properties: { messageId: 'my-message' },
    };
    const first = await (await amqp().publish(message)).outcome;
    const second = await (await amqp().publish(message)).outcome;
    if (first.kind !== 'answer' || second.kind !== 'answer') throw new Error('It came back');
    expect(second.answer.headers).to.include({ 'idempotency-replayed': 'true' });
    expect(second.answer.body).to.equal(first.answer.body);
    expect(newInstances(before)).to.have.length(1);
  });

  it('is refused with another body, at either door', async () => {
    await launchWith(client, 'other-body');
    const before = instancesInCloud(gateway());
    for (const caller of [client, atOtherDoor]) {
      const refused = readProblem(await launchWith(caller, 'other-body', { instanceType: 'm5.large' }));
      expect(refused).to.include({ status: 422, code: 'idempotency-key-reused' });
    }
    expect(newInstances(before)).to.deep.equal([]);
  });

  it('belongs to its client: the same key of two clients launches two instances', async () => {
    const other = await newClient(gateway(), amqp());
    await prove(gateway(), other);
    const before = instancesInCloud(gateway());
    const answers = [await launchWith(client, 'shared'), await launchWith(other, 'shared')];
    for (const { status, headers } of answers) {
      expect(status).to.equal(202);
      expect(headers).to.not.have.property('idempotency-replayed');
    }
    expect(newInstances(before)).to.have.length(2);
  });

  it('that failed for good is answered with that failure again', async () => {
    const broken = { imageId: 'ami-00000000000000000' };
    const first = readProblem(await launchWith(client, 'failed', broken));
    const again = await launchWith(atOtherDoor, 'failed', broken);
    expect(again.headers).to.include({ 'idempotency-replayed': 'true' });
    expect(readProblem(again)).to.deep.equal(first);
  });

  function newInstances(before: readonly string[]): string[] {
    return instancesInCloud(gateway()).filter((id) => !before.includes(id));
  }
});
