// A webhook that nobody answers, with a dead letter of it.
import { subscriptionCreateRoute } from '@cloud-gateway/contracts';
import type { WebhookDeadLetter } from '@cloud-gateway/store';
import { rememberSecret } from '@cloud-gateway/test-support';
import { mintId } from '@cloud-gateway/vault';
import type { TestClient, World } from '../start-world.ts';

export async function webhookWithDeadLetters(world: World, client: TestClient, count: number) {
  const delivery = { kind: 'webhook', url: 'http://127.0.0.1:1/' };
  const made = await world.ask(subscriptionCreateRoute, { token: client.token, body: { delivery } });
  rememberSecret(made.signingSecret ?? '');
  const letters = Array.from({ length: count }, () => letterOf(made.id)).sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  for (const letter of letters) await world.store.read.webhookDeadLetters.add(letter);
  return { webhook: made, letters };
}

function letterOf(subscriptionId: string): WebhookDeadLetter {
  const id = mintId('evt');
  return {
    id: mintId('dl'),
    subscriptionId,
    event: {
      id,
      routingKey: 'v1.ec2.ec2-1.us-east-1.instance.state.running',
      type: 'cloud-gateway.resource.state.v1',
      source: '/v1/clouds/ec2/accounts/ec2-1',
      subject: 'res_1',
      time: '2026-11-22T00:00:00.000Z',
      payload: JSON.stringify({ id }),
    },
    attempts: 3,
    lastStatus: 500,
    lastError: 'answered 500',
    at: new Date(),
  };
}
