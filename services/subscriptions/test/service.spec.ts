import { subscriptionCreateRoute } from '@cloud-gateway/contracts';
import { administrativeEntry } from '@cloud-gateway/store';
import { closeBrokerConnections, eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type World } from './start-world.ts';

// It looks by itself only once in an hour.
const slow = {
  GATEWAY_SUBSCRIPTIONS_RECONCILE_MS: '1h',
  GATEWAY_SUBSCRIPTIONS_CHECK_MS: '1h',
  GATEWAY_SUBSCRIPTIONS_MEASURE_MS: '1h',
};

describe('the service of subscriptions', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld(slow);
  });
  after(() => world?.close());

  it('hears at once that an account was given up', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-service-1');
    const { id } = await world.ask(subscriptionCreateRoute, { token: client.token, body: {} });
    await world.forget(client, 'ec2-service-1');
    const details = { clientId: client.id, account: 'ec2-service-1' };
    const entry = { subject: 'account.forgotten', scope: 'org_1', atMs: Date.now(), details } as const;
    await world.store.read.outbox.append([administrativeEntry({ id: 'evt_forgotten', ...entry })]);
    await world.relay();
    await eventually(
      async () => (await world.store.read.subscriptions.find(id))?.accounts[0]?.bound === false,
    );
  });

  it('looks for what the broker has lost when it has connected again', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-service-2');
    const made = await world.ask(subscriptionCreateRoute, { token: client.token, body: {} });
    const queue = made.connect?.queue ?? '';
    await world.queues.remove(queue);
    // It might be that its request is still making it.
    world.clock.offsetMs += 60_000;
    await closeBrokerConnections(world.host.name);
    await eventually(async () => (await world.queues.inspect(queue)) !== undefined);
    expect((await world.store.read.subscriptions.find(made.id))?.accounts[0]?.lostFrom).to.equal(0);
  });
});
