import type { policyGroupShowRoute } from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';
import type { PolicyGroup, Repositories } from '@cloud-gateway/store';

export type PolicyGroupBody = HandlerAnswer<typeof policyGroupShowRoute>['body'];

/** Shows groups with the requests that each governs. */
export async function toPolicyGroupBodies(
  { accessRequests }: Pick<Repositories, 'accessRequests'>,
  groups: readonly PolicyGroup[],
): Promise<PolicyGroupBody[]> {
  const governed = await accessRequests.listGoverned(groups.map(({ id }) => id));
  return groups.map((group) => ({
    id: group.id,
    organizationId: group.organizationId,
    name: group.name,
    description: group.description,
    rules: [...group.rules],
    usedByRequestIds: governed.filter(({ policyGroupId }) => policyGroupId === group.id).map(({ id }) => id),
    createdAt: group.createdAt.toISOString(),
    updatedAt: group.updatedAt.toISOString(),
  }));
}

/** The same for one. */
export async function toPolicyGroupBody(
  repositories: Pick<Repositories, 'accessRequests'>,
  group: PolicyGroup,
): Promise<PolicyGroupBody> {
  const [body] = await toPolicyGroupBodies(repositories, [group]);
  if (body === undefined) throw new Error('a policy group without a body');
  return body;
}
