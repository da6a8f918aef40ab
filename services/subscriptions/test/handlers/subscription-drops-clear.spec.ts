import { subscriptionCreateRoute, subscriptionDropsClearRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { subscriptionDropsClear } from '../../src/handlers/subscription-drops-clear.ts';
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
    const request = repeatedRequest({ clientId: client.id }, { params: { subscription: id } });
    const shownBy = (answer: { body: unknown }) => {
      const {
        accounts,
        dropped: since,
        cleared,
      } = subscriptionDropsClearRoute.answer.schema.parse(answer.body);
      return [since.count, accounts[0]?.syncFrom, cleared];
    };

    await world.store.read.subscriptions.noteDropped(id, dropped);
    const cleared = [{ account: 'ec2-clear-1', syncFrom: 4 }];
    expect(shownBy(await handle(request(1)))).to.deep.equal([0, null, cleared]);
    await world.store.read.subscriptions.noteDropped(id, dropped);
    expect(shownBy(await handle(request(2)))).to.deep.equal([2, 4, cleared]);
    // Not only what its client knew of: the last look of that may be older than the last loss.
    expect(
      shownBy(await handle(repeatedRequest({ clientId: client.id }, { params: { subscription: id } })(1))),
    ).to.deep.equal([0, null, cleared]);
  });

  it('is for the subscriber itself: nobody else knows whether it has synchronised', async () => {
    const client = await world.createClient();
    const { id } = await world.ask(subscriptionCreateRoute, { token: client.token, body: {} });
    const { token } = await world.createClient({ permissions: ['resources:read', 'clients:manage'] });
    const problem = await world.refusal(subscriptionDropsClearRoute, { token, params: { subscription: id } });
    expect(problem.code).to.equal('not-found');
  });
});
