import type { UsageCall } from '@cloud-gateway/store';

/** One finished call, whoever made it. What stands under a known key is also stored; all of them are logged. */
export interface RecordedCall
  extends Omit<UsageCall, 'organizationId' | 'environmentId' | 'accessRequestId' | 'accessKeyId' | 'userId'> {
  /** The whole request target; only its path is ever written anywhere. */
  readonly target: string;
  /** Null where the request named none. */
  readonly accessKeyId: string | null;
  /** These are null together, where nobody has that key. */
  readonly organizationId: string | null;
  readonly environmentId: string | null;
  readonly accessRequestId: string | null;
  readonly userId: string | null;
}

/** Tells whether the call is of a known key, and so has somebody to count for. */
export function isOfKnownKey(call: RecordedCall): call is RecordedCall & UsageCall {
  return call.organizationId !== null && call.accessKeyId !== null;
}
