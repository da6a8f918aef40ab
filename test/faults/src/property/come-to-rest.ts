// At rest: nothing is under way in the gateway, and every listing was made twice since the cloud was healed.
import { eventually } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { servedBody } from '../api-client.ts';
import type { World } from '../start-world.ts';

export async function comeToRest(world: World, { timeoutMs }: { timeoutMs: number }): Promise<void> {
  const { writeIntents, watches } = world.store.read;
  await eventually(
    async () => {
      const underWay = { intents: await writeIntents.count(), watches: await watches.count() };
      expect(underWay).to.deep.equal({ intents: 0, watches: 0 });
      return true;
    },
    { timeoutMs, intervalMs: 100, message: 'What is under way comes to its end' },
  );
  for (const _ of ['once', 'twice']) await refresh(world);
}

/** Every unit of the account is listed anew, and none has failed. */
async function refresh({ api, account }: World): Promise<void> {
  await eventually(
    async () => {
      const path = `/v1/clouds/ec2/accounts/${account}/refresh`;
      const answers = await api.sendUntilServed({ method: 'POST', path });
      const { complete, items } = servedBody<Refreshed>(answers.at(-1));
      const failed = items.filter(({ state }) => state !== 'ok');
      expect({ complete, failed }).to.deep.equal({ complete: true, failed: [] });
      return true;
    },
    { timeoutMs: 30_000, intervalMs: 100, message: 'Every listing succeeds' },
  );
}

interface Refreshed {
  readonly complete: boolean;
  readonly items: readonly { readonly state: string }[];
}
