import { GatewayError } from '@cloud-gateway/contracts';
import type { Environment, Repositories } from '@cloud-gateway/store';

/** Throws not-found when there is none, or it is another organization's: who asks must not learn which. */
export async function findEnvironment(
  { environments }: Pick<Repositories, 'environments'>,
  { id, organizationId }: { readonly id: string; readonly organizationId: string },
): Promise<Environment> {
  const environment = await environments.find(id);
  if (environment?.organizationId === organizationId) return environment;
  throw new GatewayError('not-found', {
    message: `There is no environment ${id} in your organization; GET /v1/environments lists them.`,
  });
}
