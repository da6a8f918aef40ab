import { type AccessRequestState, accessRequestListRoute } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { ProxyWorld } from './proxy-world.ts';

/** Every view of a request shows this state: of the environment, of the organization, of the one who requested it. */
export async function expectState(
  { administrator, developer, environmentId }: ProxyWorld,
  requestId: string,
  state: AccessRequestState,
): Promise<void> {
  const views = [
    administrator.call(accessRequestListRoute, { query: { environment: environmentId } }),
    administrator.call(accessRequestListRoute),
    developer.call(accessRequestListRoute),
  ];
  for (const { items } of await Promise.all(views)) {
    expect(items.find(({ id }) => id === requestId)?.state).to.equal(state);
  }
}
