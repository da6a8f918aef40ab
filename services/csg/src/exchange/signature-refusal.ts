import type { Refusal } from '@cloud-gateway/sigv4';
import type { RefusalKind } from '../refusals/refusal.ts';
import { RefusedCall } from './refused-call.ts';

/** Says in the proxy's words why a signature could not be read. */
export function signatureRefusal({ reason, message }: Refusal): RefusedCall {
  return new RefusedCall(kindOf(reason), message);
}

function kindOf(reason: Refusal['reason']): RefusalKind {
  switch (reason) {
    case 'unsigned':
      return 'unsigned';
    case 'sigv2':
    case 'sigv4a':
    case 'post-policy':
    case 'bearer':
    case 'unknown-scheme':
    case 'unsupported-payload-mode':
      return 'unsupported-scheme';
    case 'duplicate-header':
    case 'payload-hash-mismatch':
    case 'signature-mismatch':
      return reason;
    default:
      return 'malformed-signature';
  }
}
