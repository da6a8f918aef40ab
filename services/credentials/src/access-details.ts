import type { accessRequestSecretRoute } from '@cloud-gateway/contracts';
import type { HandlerAnswer } from '@cloud-gateway/messaging';
import type { AccessRequest } from '@cloud-gateway/store';
import { allRecipes } from './recipes/all-recipes.ts';

type AccessDetails = HandlerAnswer<typeof accessRequestSecretRoute>['body']['details'];

// Served by the proxy itself, for requests that come through it: see the csg service.
const certificateUrl = 'http://csg/cert/pem';

/** Says how to use the key of a request; null as long as there is none. */
export function accessDetails(
  { id, accessKeyId, accountId, cloud }: AccessRequest,
  { proxyUrl, region }: { readonly proxyUrl: string; readonly region: string },
): AccessDetails | null {
  if (accessKeyId === null || accountId === null) return null;
  const profile = `cloud-gateway-${id}`;
  return {
    proxyUrl,
    certificateUrl,
    accessKeyId,
    cloudAccountId: accountId.slice(cloud.length + 1),
    recipes: allRecipes({ proxyUrl, certificateUrl, accessKeyId, region, profile }),
  };
}
