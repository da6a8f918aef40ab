import { RefusedCall } from './refused-call.ts';

/** An unknown key and a service that was not approved are told in the same words, those of the original product. */
export function noAccess(kind: 'unknown-client' | 'service-not-approved'): RefusedCall {
  return new RefusedCall(kind, 'Client is unknown or has no access to service');
}
