import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deadLetterRedeliverRoute, subscriptionCreateRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { eventually, rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { deadLetterRedeliver } from '../../src/handlers/dead-letter-redeliver.ts';
import { startWorld, type World } from '../start-world.ts';
import { webhookWithDeadLetters } from './webhook-steps.ts';

describe('dead-letter-redeliver', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('posts it again, and it leaves the list', async () => {
    const posted: string[] = [];
    const receiver = createServer((request, response) => {
      posted.push(String(request.headers['webhook-id']));
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    try {
      const client = await world.createClient();
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
      const body = { delivery: { kind: 'webhook', url } };
      const made = await world.ask(subscriptionCreateRoute, { token: client.token, body });
      rememberSecret(made.signingSecret ?? '');
      const { letters } = await webhookWithDeadLetters(world, client, 1);
      const letter = { ...letters[0], id: 'dl_own', subscriptionId: made.id } as (typeof letters)[number];
      await world.store.read.webhookDeadLetters.add(letter);

      const params = { subscription: made.id, deadLetter: 'dl_own' };
      const asked = { token: client.token, params };
      expect(await world.ask(deadLetterRedeliverRoute, asked)).to.deep.equal({ id: 'dl_own' });
      await eventually(() => posted.length > 0);
      expect(posted).to.deep.equal([letter.event.id]);
      expect(await world.store.read.webhookDeadLetters.count(made.id)).to.equal(0);
      expect((await world.refusal(deadLetterRedeliverRoute, asked)).code).to.equal('not-found');
    } finally {
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    }
  });

  it('answers the same when an attempt died after it was done', async () => {
    const client = await world.createClient();
    const { webhook, letters } = await webhookWithDeadLetters(world, client, 1);
    const params = { subscription: webhook.id, deadLetter: letters[0]?.id };
    const { handle } = deadLetterRedeliver(world.handlerDeps);
    const request = repeatedRequest({ clientId: client.id }, { params });
    expect(await handle(request(1))).to.deep.equal(await handle(request(2)));
  });
});
