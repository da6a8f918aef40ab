// Which units of polling there should be: every account that somebody has proven, in every region of its cloud, once
// per listing; and per region one for each listing that is the same for every account. Pure.
import type { Cloud, PollGroup } from '@cloud-gateway/clouds';
import { type Account, type NewPollUnit, type PollUnitName, publishedAccountId } from '@cloud-gateway/store';

type PolledCloud = Pick<Cloud, 'id' | 'regions' | 'pollGroups'>;

/** Accounts of clouds that are not served here are left out. */
export function wantedUnits(
  accounts: readonly Pick<Account, 'id' | 'cloud'>[],
  clouds: readonly PolledCloud[],
): NewPollUnit[] {
  return clouds.flatMap((cloud) => {
    const ownAccounts = accounts.filter((account) => account.cloud === cloud.id);
    if (ownAccounts.length === 0) return [];
    const perAccount = ownAccounts.flatMap(({ id }) => unitsOf(cloud, id, 'account'));
    return [...perAccount, ...unitsOf(cloud, publishedAccountId(cloud.id), 'published')];
  });
}

/** What keeps two units apart. */
export function unitKey({
  accountId,
  region,
  group,
}: Pick<PollUnitName, 'accountId' | 'region' | 'group'>): string {
  return `${accountId} ${region} ${group}`;
}

function unitsOf(cloud: PolledCloud, accountId: string, scope: PollGroup['scope']): NewPollUnit[] {
  const groups = cloud.pollGroups.filter((group) => group.scope === scope);
  return cloud.regions.flatMap((region) =>
    groups.map((group) => ({
      cloud: cloud.id,
      accountId,
      region,
      group: group.name,
      types: group.types,
      intervalMs: 0, // Not polled yet: the first poll chooses, by the scale that the configuration sets.
      firstInMs: 0,
    })),
  );
}
