import { subscriptionCreateRoute, subscriptionShowRoute } from '@cloud-gateway/contracts';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type TestClient, type World } from '../start-world.ts';

describe('subscription-show', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const asked = ({ token }: TestClient, id: string) => ({ token, params: { subscription: id } });
  const show = (client: TestClient, id: string) => world.ask(subscriptionShowRoute, asked(client, id));

  it('tells how far it lags behind and who consumes', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-show-1');
    const { id, connect } = await world.ask(subscriptionCreateRoute, { token: client.token, body: {} });
    await world.change('ec2-show-1', 3);
    await world.relay();
    await eventually(async () => (await show(client, id)).lag?.ready === 3);
    const channel = await world.channel();
    await channel.consume(connect?.queue ?? '', (message) => message && channel.ack(message));
    await eventually(async () => {
      const { lag } = await show(client, id);
      return lag?.ready === 0 && lag.consumers === 1;
    });
  });

  it('shows it to its client, and to who manages the clients of its organization, as if it were not there to others', async () => {
    const client = await world.createClient();
    const { id } = await world.ask(subscriptionCreateRoute, { token: client.token, body: {} });
    const manager = { permissions: ['resources:read', 'clients:manage'] } as const;
    expect((await show(await world.createClient(manager), id)).clientId).to.equal(client.id);
    const others = [
      await world.createClient(),
      await world.createClient({ ...manager, organizationId: 'org_2' }),
    ];
    for (const other of others) {
      expect((await world.refusal(subscriptionShowRoute, asked(other, id))).code).to.equal('not-found');
    }
  });
});
