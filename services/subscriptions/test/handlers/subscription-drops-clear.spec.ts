import { subscriptionCreateRoute, subscriptionDropsClearRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { subscriptionDropsClear } from '../../src/handlers/subscription-drops-clear.ts';
import type { SubscriptionBody } from '../../src/subscription-body.ts';
import { repeatedRequest } from '../repeated-request.ts';
import { startWorld, type World } from '../start-world.ts';

describe('subscription-drops-clear', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('clears once: a repetition of the request leaves what was dropped since', async () => {
    const client = await world.createClient();
    await world.prove(client, 'ec2-clear-1');
    const { id } = await world.ask(subscriptionCreateRoute, { token: client.token, body: {} });
    const dropped = {
      count: 2,
      lastAt: new Date(),
      accounts: [{ accountId: 'ec2-clear-1', lowestSequence: 5 }],
    };
    const { handle } = subscriptionDropsClear(world.handlerDeps);
    const request = repeatedRequest(client, { params: { subscription: id } });
    const shownBy = (answer: { body: unknown }) => {
      const { accounts, dropped: since } = answer.body as SubscriptionBody;
      return [since.count, accounts[0]?.syncFrom];
    };

    await world.store.read.subscriptions.noteDropped(id, dropped);
    expect(shownBy(await handle(request(1)))).to.deep.equal([0, null]);
    await world.store.read.subscriptions.noteDropped(id, dropped);
    expect(shownBy(await handle(request(2)))).to.deep.equal([2, 4]);
  });

  it('is for the subscriber itself: nobody else knows whether it has synchronised', async () => {
    const client = await world.createClient();
    const { id } = await world.ask(subscriptionCreateRoute, { token: client.token, body: {} });
    const { token } = await world.createClient({ permissions: ['resources:read', 'clients:manage'] });
    const problem = await world.refusal(subscriptionDropsClearRoute, { token, params: { subscription: id } });
    expect(problem.code).to.equal('not-found');
  });
});
