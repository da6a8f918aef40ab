// What only the owner may do is refused to others before the cloud is asked: it would say so in many different words.
import { GatewayError, hasCall, type ResourceCall, resourceTypes } from '@cloud-gateway/contracts';
import type { ResourceDocument } from '@cloud-gateway/store';

/** Throws not-owner. `cloudAccountId` is the account of the caller, by the cloud's own number. */
export function refuseForeign(
  { type, cloudId, owner }: Pick<ResourceDocument, 'type' | 'cloudId' | 'owner'>,
  { call, cloudAccountId }: { readonly call: ResourceCall; readonly cloudAccountId: string },
): void {
  // Of the other types an account sees only its own, and what is lent to it (a subnet, say), of which the cloud decides.
  if (!hasCall(type, 'share') || owner === null || owner === cloudAccountId) return;
  throw new GatewayError('not-owner', {
    message: `The ${resourceTypes[type].noun} ${cloudId} belongs to the account ${owner}; your account is ${cloudAccountId}, and only the owner's may ask for ${call}.`,
  });
}
