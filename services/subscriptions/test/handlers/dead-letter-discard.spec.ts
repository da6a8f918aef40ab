import { deadLetterDiscardRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { deadLetterDiscard } from '../../src/handlers/dead-letter-discard.ts';
import { startWorld, type World } from '../start-world.ts';
import { webhookWithDeadLetters } from './webhook-steps.ts';

describe('dead-letter-discard', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('removes one, once, also when an attempt died after it was done', async () => {
    const client = await world.createClient();
    const { webhook, letters } = await webhookWithDeadLetters(world, client, 2);
    const [first, second] = letters.map(({ id }) => id);
    const paramsOf = (deadLetter = '') => ({ subscription: webhook.id, deadLetter });
    const asked = { token: client.token, params: paramsOf(first) };
    expect(await world.ask(deadLetterDiscardRoute, asked)).to.deep.equal({ id: first });
    expect((await world.refusal(deadLetterDiscardRoute, asked)).code).to.equal('not-found');

    const { handle } = deadLetterDiscard(world.handlerDeps);
    const request = repeatedRequest({ clientId: client.id }, { params: paramsOf(second) });
    expect(await handle(request(1))).to.deep.equal(await handle(request(2)));
    expect(await world.store.read.webhookDeadLetters.count(webhook.id)).to.equal(0);
  });
});
