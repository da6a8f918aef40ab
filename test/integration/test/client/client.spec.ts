// The client package against the whole gateway, at both doors.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AnyEvent,
  type CallOptions,
  createGatewayClient,
  type EventStream,
  type GatewayClient,
  type GatewayProblem,
  verifyWebhook,
} from '@cloud-gateway/client';
import { closeBrokerConnections } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Credentials, createCredentials, proofOf } from '../../src/api-client.ts';
import { openHttpDoor } from '../../src/http-client.ts';
import { instancesInCloud, launchBody, pathOf } from '../../src/launches.ts';
import { useDoor, useGateway } from '../../src/use-gateway.ts';

describe('the client package', function () {
  this.timeout(60_000);
  const gateway = useGateway({ GATEWAY_WEBHOOKS_ALLOW_PRIVATE: 'true' });
  const edge = useDoor(openHttpDoor, gateway);
  let credentials: Credentials;
  const clients: GatewayClient[] = [];

  before(async () => {
    credentials = await createCredentials(gateway(), edge());
    await open(gateway().edgeUrl).call('account-prove', { body: proofOf(gateway()) });
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));

  function open(url: string): GatewayClient {
    // Nobody here answers the broker's questions about users, so it is entered by its own.
    const client = createGatewayClient({ url, ...credentials, brokerUrl: gateway().amqpUrl });
    clients.push(client);
    return client;
  }

  const virtualHost = () => new URL(gateway().amqpUrl).pathname.slice(1);

  function launch(client: GatewayClient, options: CallOptions = {}) {
    return client.send('instance-create', {
      params: pathOf(gateway()),
      body: launchBody(gateway()),
      ...options,
    });
  }

  for (const [door, urlOf] of [
    ['HTTP', () => gateway().edgeUrl],
    ['AMQP', () => gateway().amqpUrl],
  ] as const) {
    describe(`over ${door}`, () => {
      it('launches, lists every page, and changes on condition', async () => {
        const client = open(urlOf());
        const params = pathOf(gateway());
        const running = { headers: { prefer: 'wait=20' } };
        const made = [await launch(client, running), await launch(client, running)].map(
          ({ body }) => body?.id,
        );
        const listed: string[] = [];
        for await (const instance of client.each('instance-list', { params, query: { limit: 1 } }))
          listed.push(instance.id);
        expect(listed).to.include.members(made);

        const where = { ...params, id: made[0] ?? '' };
        const { headers } = await client.send('instance-show', { params: where });
        const change = (tags: Record<string, string>) =>
          client.call('instance-update', {
            params: where,
            body: { tags },
            headers: { 'if-match': headers['etag'] ?? '' },
          });
        expect((await change({ by: door })).tags).to.include({ by: door });
        expect(await refusal(change({ by: 'somebody else' }))).to.include({
          code: 'precondition-failed',
          status: 412,
        });
      });

      it('tries without doing, and says what is wrong', async () => {
        const before = instancesInCloud(gateway());
        const params = pathOf(gateway());
        const body = launchBody(gateway());
        const tried = await open(urlOf()).call('instance-create', { params, body, query: { dryRun: true } });
        expect(tried).to.deep.equal({ dryRun: true, wouldSucceed: true });
        const problem = await refusal(
          open(urlOf()).call('instance-create', { params, body: { ...body, imageId: '' } }),
        );
        expect(problem.problem.errors?.map(({ path }) => path)).to.deep.equal(['body.imageId']);
        expect(instancesInCloud(gateway())).to.deep.equal(before);
      });

      it('writes once under one key, and goes on with a new token when the old one is revoked', async () => {
        const client = open(urlOf());
        const first = await launch(client, { idempotencyKey: `key-${door}` });
        await client.call('token-revoke', { params: { token: 'current' } });
        const second = await launch(client, { idempotencyKey: `key-${door}` });
        expect(second.body?.id).to.equal(first.body?.id);
        expect(second.headers).to.include({ 'idempotency-replayed': 'true' });
      });

      it('launches once when the connections to the broker break in the midst of it', async () => {
        const before = instancesInCloud(gateway()).length;
        const client = open(urlOf());
        await client.call('account-list');
        const launching = launch(client);
        await closeBrokerConnections(virtualHost());
        const { body } = await launching;
        expect(instancesInCloud(gateway()))
          .to.have.length(before + 1)
          .and.to.include(body?.cloudId);
      });

      it('follows events from the past into the present, over a break, each once and in order', async () => {
        const client = open(urlOf());
        const { account } = pathOf(gateway());
        const stream = client.events({
          accounts: [account],
          types: ['instance'],
          from: { sequences: { [account]: 0 } },
        });
        await stream.ready();
        const early = await launch(client);
        const seen = await takeUntil(stream, (event) => isAbout(event, early.body?.id));
        await closeBrokerConnections(virtualHost());
        const late = await launch(client);
        seen.push(...(await takeUntil(stream, (event) => isAbout(event, late.body?.id))));
        await stream.return();

        const sequences = seen.flatMap((event) => ('sequence' in event ? [event.sequence] : []));
        expect(sequences, 'in order, without a repetition').to.deep.equal(
          [...new Set(sequences)].sort((a, b) => a - b),
        );
        expect(seen.filter((event) => 'change' in event && event.change === 'discovered')).to.have.length(
          instancesInCloud(gateway()).length,
          'every launch so far',
        );
        expect((await client.call('subscription-list')).items).to.deep.equal([]);
      });
    });
  }

  it('reads a stream again from its beginning', async () => {
    const client = open(gateway().amqpUrl);
    const { account } = pathOf(gateway());
    const stream = client.events({ accounts: [account], types: ['instance'], delivery: { kind: 'stream' } });
    const { id } = await stream.ready();
    const { body } = await launch(client);
    const first = await takeUntil(stream, (event) => isAbout(event, body?.id));
    const again = client.events({ subscriptionId: id });
    const second = await takeUntil(again, (event) => isAbout(event, body?.id));
    expect(second.map((event) => event.id)).to.deep.equal(first.map((event) => event.id));
    await stream.return();
  });

  it('verifies what a webhook gets', async () => {
    const client = open(gateway().edgeUrl);
    let post: (received: { headers: http.IncomingHttpHeaders; payload: string }) => void = () => undefined;
    const posted = new Promise<Parameters<typeof post>[0]>((resolve) => {
      post = resolve;
    });
    const receiver = http.createServer((request, response) => {
      void request.toArray().then((chunks) => {
        post({ headers: request.headers, payload: Buffer.concat(chunks).toString() });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
      const { id, signingSecret = '' } = await client.call('subscription-create', {
        body: { types: ['instance'], changes: ['discovered'], delivery: { kind: 'webhook', url } },
      });
      const launched = await launch(client);
      const event = verifyWebhook({ ...(await posted), secret: signingSecret });
      expect(event).to.include({ change: 'discovered', resourceId: launched.body?.id });
      await client.call('subscription-destroy', { params: { subscription: id } });
    } finally {
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    }
  });
});

function isAbout(event: AnyEvent, id: string | undefined): boolean {
  return 'resourceId' in event && event.resourceId === id && event.change === 'discovered';
}

async function takeUntil(stream: EventStream, fits: (event: AnyEvent) => boolean): Promise<AnyEvent[]> {
  const events: AnyEvent[] = [];
  for (;;) {
    const { value, done } = await stream.next();
    if (done) throw new Error('The stream has ended');
    events.push(value);
    if (fits(value)) return events;
  }
}

async function refusal(call: Promise<unknown>): Promise<GatewayProblem> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.have.property('name', 'GatewayProblem');
  return error as GatewayProblem;
}
