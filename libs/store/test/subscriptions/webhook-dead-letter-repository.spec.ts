import { expect } from 'chai';
import type { WebhookDeadLetter } from '../../src/subscriptions/webhook-dead-letter-repository.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the repository of webhooks’ dead letters', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const letter = (number: number, subscriptionId = 'sub_1'): WebhookDeadLetter => ({
    id: `dlt_${number}`,
    subscriptionId,
    event: {
      id: `evt_${number}`,
      routingKey: 'v1.ec2.ec2-1.us-east-1.instance.state.running',
      type: 'cloud-gateway.resource.state.v1',
      source: '/v1/clouds/ec2/accounts/ec2-1',
      subject: 'res_ü',
      time: '2026-11-22T12:00:00.123Z',
      payload: '{"ü":1}',
    },
    attempts: 5,
    lastStatus: 503,
    lastError: 'busy',
    at: new Date('2026-11-22T12:01:00.000Z'),
  });

  it('keeps whole events, oldest first, until they are taken', async () => {
    const { webhookDeadLetters } = test.store.read;
    for (const number of [2, 1, 3]) await webhookDeadLetters.add(letter(number));
    await webhookDeadLetters.add(letter(1, 'sub_2'));

    expect(await webhookDeadLetters.list('sub_1', { limit: 2 })).to.deep.equal([letter(1), letter(2)]);
    expect(await webhookDeadLetters.list('sub_1', { afterId: 'dlt_2', limit: 2 })).to.deep.equal([letter(3)]);
    expect(await webhookDeadLetters.find('sub_1', 'dlt_3')).to.deep.equal(letter(3));
    expect(await webhookDeadLetters.find('sub_2', 'dlt_3')).to.equal(undefined);
    expect(await webhookDeadLetters.remove('sub_1', 'dlt_1')).to.equal(true);
    expect(await webhookDeadLetters.remove('sub_1', 'dlt_1')).to.equal(false);
    expect(await webhookDeadLetters.count('sub_1')).to.equal(2);
    expect(await webhookDeadLetters.countAll()).to.equal(3);
  });

  it('has an event once, as it failed last', async () => {
    const { webhookDeadLetters } = test.store.read;
    await webhookDeadLetters.add(letter(7, 'sub_3'));
    const lastError = 'x'.repeat(5000);
    await webhookDeadLetters.add({
      ...letter(7, 'sub_3'),
      id: 'dlt_8',
      attempts: 9,
      lastStatus: null,
      lastError,
    });

    expect(await webhookDeadLetters.list('sub_3', { limit: 9 })).to.deep.equal([
      { ...letter(7, 'sub_3'), attempts: 9, lastStatus: null, lastError: 'x'.repeat(1024) },
    ]);
  });

  it('purges what is old', async () => {
    const { webhookDeadLetters } = test.store.read;
    await webhookDeadLetters.add({ ...letter(1, 'sub_4'), at: new Date() });
    const before = await webhookDeadLetters.countAll();
    await webhookDeadLetters.add({ ...letter(2, 'sub_4'), at: new Date(Date.now() - 60_000) });
    const old = Date.now() - letter(1).at.getTime();

    expect(await webhookDeadLetters.purge({ olderThanMs: Math.min(30_000, old), limit: 1 })).to.equal(1);
    expect(await webhookDeadLetters.countAll()).to.equal(before);
  });
});
