// The cloud, in a process of its own: how it makes its pages is nobody's cost but its own.
import { start } from '@cloud-gateway/simulator';
import { benchAccount } from '../world/bench-account.ts';

export type SimulatorMethods = Awaited<ReturnType<typeof createSimulatorProgram>>;

export async function createSimulatorProgram() {
  const { number: accountId, accessKeyId, secretAccessKey, region } = benchAccount;
  const place = { accountId, region };
  const simulator = await start({
    regions: [region],
    users: [{ accessKeyId, secretAccessKey, accountId, userName: 'bench' }],
    transitionMs: 0,
    // Whole pages in a row: what is compared is the cost of a listing, not how it bears odd pages.
    paging: 'none',
  });
  return {
    where: (_: null): { url: string } => ({ url: simulator.url }),

    create({ count }: { readonly count: number }): void {
      const tags = { Name: 'bench-{n}', project: 'storefront', stage: 'production', 'cost-center': '4711' };
      simulator.createInstancesDirectly({ ...place, count, tags });
    },

    /** Gives how many were changed; each gets this value as its tag `bench`. */
    change({
      share,
      value,
      seed,
    }: {
      readonly share: number;
      readonly value: string;
      readonly seed: number;
    }) {
      const { instanceIds } = simulator.changeInstancesDirectly({
        ...place,
        share,
        seed,
        tags: { [changeTag]: value },
      });
      return { count: instanceIds.length };
    },
  };
}

export const changeTag = 'bench';
