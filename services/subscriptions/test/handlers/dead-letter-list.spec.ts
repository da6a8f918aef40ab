import { deadLetterListRoute, subscriptionCreateRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';
import { webhookWithDeadLetters } from './webhook-steps.ts';

describe('dead-letter-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('lists what a webhook has not taken, oldest first, page by page', async () => {
    const client = await world.createClient();
    const { webhook, letters } = await webhookWithDeadLetters(world, client, 3);
    const asked = { token: client.token, params: { subscription: webhook.id } };
    const first = await world.ask(deadLetterListRoute, { ...asked, query: 'limit=2' });
    const second = await world.ask(deadLetterListRoute, { ...asked, query: `cursor=${first.nextCursor}` });
    const [letter] = letters;
    expect(first.items[0]).to.deep.equal({
      id: letter?.id,
      eventId: letter?.event.id,
      routingKey: letter?.event.routingKey,
      payload: letter?.event.payload,
      attempts: 3,
      lastStatus: 500,
      lastError: 'answered 500',
      at: letter?.at.toISOString(),
    });
    expect([...first.items, ...second.items].map(({ id }) => id)).to.deep.equal(letters.map(({ id }) => id));
    expect(second.nextCursor).to.equal(null);
  });

  it('is for webhooks, and shown to their own client only', async () => {
    const client = await world.createClient();
    const { id } = await world.ask(subscriptionCreateRoute, { token: client.token, body: {} });
    const { webhook } = await webhookWithDeadLetters(world, client, 1);
    const refusal = async (token: string, subscription: string) =>
      (await world.refusal(deadLetterListRoute, { token, params: { subscription } })).code;
    expect(await refusal(client.token, id)).to.equal('conflict');
    const manager = await world.createClient({ permissions: ['resources:read', 'clients:manage'] });
    expect(await refusal(manager.token, webhook.id)).to.equal('not-found');
  });
});
