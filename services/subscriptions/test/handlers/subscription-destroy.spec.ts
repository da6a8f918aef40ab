import {
  subscriptionCreateRoute,
  subscriptionDestroyRoute,
  subscriptionShowRoute,
} from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { subscriptionDestroy } from '../../src/handlers/subscription-destroy.ts';
import { startWorld, type TestClient, type World } from '../start-world.ts';

describe('subscription-destroy', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const asked = ({ token }: TestClient, id: string) => ({ token, params: { subscription: id } });
  const create = ({ token }: TestClient) => world.ask(subscriptionCreateRoute, { token, body: {} });

  it('ends it: its queue and its dead-letter queue are gone, and so is it', async () => {
    const client = await world.createClient();
    const { id, connect } = await create(client);
    expect(await world.ask(subscriptionDestroyRoute, asked(client, id))).to.deep.equal({ id });
    expect(await world.queues.inspect(connect?.queue ?? '')).to.equal(undefined);
    expect(await world.queues.inspect(connect?.deadLetterQueue ?? '')).to.equal(undefined);
    expect((await world.refusal(subscriptionShowRoute, asked(client, id))).code).to.equal('not-found');
    expect((await world.refusal(subscriptionDestroyRoute, asked(client, id))).code).to.equal('not-found');
    const [entry] = await world.store.read.audit.list({ actorId: client.id, limit: 1 });
    expect(entry).to.deep.include({ action: 'subscription.ended', subjectId: id });
  });

  it('is nothing that another client can do', async () => {
    const { id } = await create(await world.createClient());
    const other = await world.createClient();
    expect((await world.refusal(subscriptionDestroyRoute, asked(other, id))).code).to.equal('not-found');
  });

  it('answers the same when an attempt died after it was ended', async () => {
    const client = await world.createClient();
    const { id } = await create(client);
    const { handle } = subscriptionDestroy(world.handlerDeps);
    const request = repeatedRequest({ clientId: client.id }, { params: { subscription: id } });
    expect(await handle(request(1))).to.deep.equal(await handle(request(2)));
  });
});
