// What a client can reach on the broker, tried by one who does not care what he may: with a raw AMQP library, a token that
// is good, and the knowledge of every name.
import { readFile } from 'node:fs/promises';
import {
  clientDisableRoute,
  tokenCreateRoute,
  tokenRevokeRoute,
  tokenShowRoute,
} from '@cloud-gateway/contracts';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { expect } from 'chai';
import { attempt } from '../../src/broker/attempt.ts';
import { type AmqpClient, type BrokerWorld, startBrokerWorld } from '../../src/broker/broker-world.ts';
import { askOverAmqp, callOverAmqp } from '../../src/broker/call-over-amqp.ts';

describe('a client at the broker', function () {
  this.timeout(serverStartTimeoutMs);
  let world: BrokerWorld;
  let mallory: AmqpClient;
  let victim: AmqpClient;
  /** Mallory's connection, with a token that may read resources. */
  let model: ChannelModel;

  before(async () => {
    world = await startBrokerWorld();
    mallory = await world.newClient(['resources:read']);
    victim = await world.newClient(['resources:read']);
    model = await world.connect({ user: mallory.id, password: mallory.token });
    const channel = await world.owner.createConfirmChannel();
    await channel.assertExchange('gateway.events', 'topic', { durable: true });
    await channel.assertExchange('gateway.dropped', 'topic', { durable: true });
    await channel.assertQueue('webhook.sub_1');
    for (const { id } of [mallory, victim]) {
      await channel.assertQueue(`reply.${id}.1`);
      await channel.assertQueue(`subscription.${id}.sub_1`);
      await channel.bindQueue(`subscription.${id}.sub_1`, 'gateway.events', `v1.#`);
      channel.sendToQueue(`subscription.${id}.sub_1`, Buffer.from(`for ${id}`));
    }
    await channel.waitForConfirms();
    await channel.close();
  });
  after(() => world?.stop());

  const expectRefused = async (act: (channel: ConfirmChannel) => unknown, as = model) =>
    expect(await attempt(as, act)).to.contain('ACCESS_REFUSED');
  const waiting = async (queue: string) => {
    const channel = await world.owner.createChannel();
    const { messageCount } = await channel.checkQueue(queue);
    await channel.close();
    return messageCount;
  };
  const text = Buffer.from('forged');

  describe('cannot', () => {
    const own = () => `subscription.${mallory.id}.sub_1`;
    const foreign = () => `subscription.${victim.id}.sub_1`;
    const reply = () => `reply.${mallory.id}.1`;
    const attacks: Readonly<Record<string, (channel: ConfirmChannel) => unknown>> = {
      'bind its reply queue to the events': (c) => c.bindQueue(reply(), 'gateway.events', '#'),
      'bind its subscription to more events': (c) => c.bindQueue(own(), 'gateway.events', '#'),
      'unbind its subscription': (c) => c.unbindQueue(own(), 'gateway.events', 'v1.#'),
      'delete its subscription': (c) => c.deleteQueue(own()),
      'make a subscription by itself': (c) => c.assertQueue(`subscription.${mallory.id}.sub_2`),
      "consume another's subscription": (c) => c.consume(foreign(), () => undefined),
      "get from another's subscription": (c) => c.get(foreign()),
      "purge another's subscription": (c) => c.purgeQueue(foreign()),
      "delete another's subscription": (c) => c.deleteQueue(foreign()),
      "bind another's subscription": (c) => c.bindQueue(foreign(), 'gateway.events', '#'),
      "consume another's answers": (c) => c.consume(`reply.${victim.id}.1`, () => undefined),
      "declare a reply queue of another's": (c) => c.assertQueue(`reply.${victim.id}.2`),
      'consume requests': (c) => c.consume('credentials.write', () => undefined),
      'get dead letters': (c) => c.get('gateway.dead-letters'),
      'consume what is posted to a webhook': (c) => c.consume('webhook.sub_1', () => undefined),
      'declare a queue of any other name': (c) => c.assertQueue('mine'),
      'have a queue named by the server': (c) => c.assertQueue('', { exclusive: true }),
      'declare an exchange': (c) => c.assertExchange('mine', 'fanout'),
      'delete an exchange': (c) => c.deleteExchange('gateway.requests'),
      'bind an exchange to an exchange': (c) => c.bindExchange('gateway.requests', 'gateway.events', '#'),
      'bind the firehose': (c) => c.bindQueue(reply(), 'amq.rabbitmq.trace', '#'),
      'bind the log': (c) => c.bindQueue(reply(), 'amq.rabbitmq.log', '#'),
      'bind its reply queue to requests': (c) => c.bindQueue(reply(), 'gateway.requests', '#'),
      'publish by the default exchange': (c) => c.sendToQueue(`reply.${victim.id}.1`, text),
      'publish an event': (c) => c.publish('gateway.events', 'v1.forged', text),
      'publish to the dropped': (c) => c.publish('gateway.dropped', 'sub_1', text),
      'publish to an exchange of AMQP': (c) => c.publish('amq.topic', 'x', text),
      'let dead letters go to the default exchange': (c) =>
        c.assertQueue(`reply.${mallory.id}.2`, { arguments: { 'x-dead-letter-exchange': '' } }),
      'let dead letters go to the events': (c) =>
        c.assertQueue(`reply.${mallory.id}.2`, { deadLetterExchange: 'gateway.events' }),
    };
    for (const [what, act] of Object.entries(attacks)) it(what, () => expectRefused(act));

    it('act in the name of another user', async () => {
      const publish = (channel: ConfirmChannel) =>
        channel.publish('gateway.requests', 'read.v1.clouds', text, { userId: victim.id });
      expect(await attempt(model, publish)).to.contain('PRECONDITION_FAILED');
    });

    it("have an answer sent to another's queue", async () => {
      const path = { version: 1, method: 'GET', path: '/v1/tokens/current' };
      const body = JSON.stringify({ ...path, headers: { authorization: `Bearer ${mallory.token}` } });
      for (const replyTo of [`reply.${victim.id}.1`, `subscription.${victim.id}.sub_1`]) {
        const ask = (channel: ConfirmChannel) =>
          channel.publish('gateway.requests', 'read.v1.tokens.current', Buffer.from(body), { replyTo });
        expect(await attempt(model, ask)).to.equal('done');
      }
      await callOverAmqp(model, tokenShowRoute, { token: mallory.token }); // Later than those, and answered.

      expect(await waiting(`reply.${victim.id}.1`)).to.equal(0);
    });

    it('use the management API', async () => {
      const asked = [
        ...['whoami', 'overview', 'queues', 'connections', 'definitions'].map((path) => [
          path,
          mallory.token,
        ]),
        ['whoami', mallory.secret],
      ];
      for (const [path, password] of asked) {
        const headers = { authorization: `Basic ${btoa(`${mallory.id}:${password}`)}` };
        const response = await fetch(`${world.managementUrl}/api/${path}`, { headers });
        await response.body?.cancel();
        expect(response.status, path).to.equal(401);
      }
    });

    it('have taken or added anything by all that', async () => {
      for (const { id } of [mallory, victim])
        expect(await waiting(`subscription.${id}.sub_1`), id).to.equal(1);
    });

    it('but learn how many messages are in a queue whose name it knows: RabbitMQ asks nobody about that', async () => {
      const channel = await model.createChannel();
      expect(await channel.checkQueue(`subscription.${victim.id}.sub_1`)).to.include({ messageCount: 1 });
      await channel.close();
    });
  });

  describe('can', () => {
    it('make a call and have the answer by direct reply-to', async () => {
      const answer = await callOverAmqp(model, tokenShowRoute, { token: mallory.token });
      expect(answer.clientId).to.equal(mallory.id);
    });

    it('make a call and have the answer in a queue of its own', async () => {
      const channel = await model.createChannel();
      const { queue: replyTo } = await channel.assertQueue(`reply.${mallory.id}.x`, { exclusive: true });
      const answer = await callOverAmqp(model, tokenShowRoute, { token: mallory.token, replyTo });
      expect(answer.clientId).to.equal(mallory.id);
      await channel.deleteQueue(replyTo);
      await channel.close();
    });

    it('consume its own subscription, which needs resources:read', async () => {
      const bare = await world.newClient([]);
      const asBare = await world.connect({ user: bare.id, password: bare.token });
      await expectRefused((channel) => channel.get(`subscription.${bare.id}.sub_1`), asBare);

      const channel = await model.createChannel();
      const message = await channel.get(`subscription.${mallory.id}.sub_1`, { noAck: true });
      expect(message ? String(message.content) : 'nothing').to.equal(`for ${mallory.id}`);
      await channel.close();
    });

    it('speak TLS, and know the broker by its certificate', async () => {
      const login = { user: mallory.id, password: mallory.token, tls: true };
      const secure = await world.connect({ ...login, ca: await readFile(world.certificateFile) });
      await callOverAmqp(secure, tokenShowRoute, { token: mallory.token });

      const failure: unknown = await world.connect(login).catch((err: unknown) => err);
      expect(failure).to.have.property('code', 'DEPTH_ZERO_SELF_SIGNED_CERT');
    });

    it('ask for a token with its secret, and nothing else', async () => {
      const login = await world.connect({ user: mallory.id, password: mallory.secret });
      const body = { clientId: mallory.id, clientSecret: mallory.secret };
      expect(await callOverAmqp(login, tokenCreateRoute, { body })).to.have.property('token');

      await expectRefused((c) => c.publish('gateway.requests', 'read.v1.tokens.current', text), login);
      await expectRefused((c) => c.publish('gateway.requests', 'write.v1.clients', text), login);
      await expectRefused((c) => c.assertQueue(`reply.${mallory.id}.3`), login);
      await expectRefused((c) => c.get(`subscription.${mallory.id}.sub_1`), login);
    });
  });

  describe('is let in', () => {
    const refusal = async (login: { user: string; password: string; virtualHost?: string }) =>
      String(await world.connect(login).catch((err: unknown) => err));

    it('with its own token only', async () => {
      const { id: user, token } = mallory;
      expect(await refusal({ user, password: `${token.slice(0, -8)}AAAAAAAA` })).to.contain('ACCESS-REFUSED');
      expect(await refusal({ user, password: '' })).to.contain('ACCESS-REFUSED');
      expect(await refusal({ user, password: victim.token })).to.contain('ACCESS-REFUSED');
      expect(await refusal({ user: 'guest', password: 'guest' })).to.contain('ACCESS-REFUSED');
    });

    it('to no other virtual host', async () => {
      const login = { user: mallory.id, password: mallory.token };
      expect(await refusal({ ...login, virtualHost: 'elsewhere' })).to.contain('Expected ConnectionOpenOk');
    });
  });

  describe('is put out', () => {
    const closed = (connection: ChannelModel) =>
      new Promise<string>((resolve) => {
        connection.once('close', (err?: Error) => resolve(String(err)));
      });

    it('within seconds when its token is revoked; its other token comes back in', async () => {
      const client = await world.newClient([]);
      const other = await world.logIn(client);
      const connection = await world.connect({ user: client.id, password: client.token });
      const reason = closed(connection);

      const revoked = await askOverAmqp(connection, tokenRevokeRoute, {
        token: client.token,
        params: { token: 'current' },
      });

      expect(revoked.status).to.equal(200);
      expect(await reason).to.contain('The token of this connection was revoked');
      const again = world.connect({ user: client.id, password: client.token });
      expect(String(await again.catch((err: unknown) => err))).to.contain('ACCESS-REFUSED');
      await callOverAmqp(await world.connect({ user: client.id, password: other }), tokenShowRoute, {
        token: other,
      });
    });

    it('when it is disabled, with everything it has', async () => {
      const client = await world.newClient([]);
      const logins = [client.token, client.secret];
      const connections = await Promise.all(
        logins.map((password) => world.connect({ user: client.id, password })),
      );
      const reasons = connections.map(closed);

      const asked = { token: world.administrator.token, params: { client: client.id } };
      const administrator = { user: world.administrator.id, password: world.administrator.token };
      await callOverAmqp(await world.connect(administrator), clientDisableRoute, asked);

      for (const reason of await Promise.all(reasons)) expect(reason).to.contain('is disabled');
      for (const password of logins) {
        const again = world.connect({ user: client.id, password });
        expect(String(await again.catch((err: unknown) => err))).to.contain('ACCESS-REFUSED');
      }
    });

    it('and nobody else is', async () => {
      await callOverAmqp(model, tokenShowRoute, { token: mallory.token });
    });
  });

  it('has reply queues with limits that it cannot raise', async () => {
    const channel = await model.createChannel();
    const { queue } = await channel.assertQueue(`reply.${mallory.id}.limits`, { maxLength: 1_000_000 });
    const headers = { authorization: `Basic ${btoa(world.managementLogin)}` };
    const policy = await eventually(async () => {
      const response = await fetch(`${world.managementUrl}/api/queues/%2F/${queue}`, { headers });
      const { effective_policy_definition: effective } = (await response.json()) as Record<string, object>;
      return effective !== undefined && 'expires' in effective && effective;
    });
    expect(policy).to.include.keys('expires', 'max-length', 'max-length-bytes', 'message-ttl');
    await channel.deleteQueue(queue);
    await channel.close();
  });
});
