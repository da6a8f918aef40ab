import type { SigningCredentials, SigningKeyCache } from '@cloud-gateway/sigv4';
import type { Admitted } from './admit.ts';
import type { SignedHead } from './sign-again.ts';

/** What is known of a request when its body begins to stream. */
export interface BodyPassInput {
  readonly admitted: Admitted;
  readonly credentials: SigningCredentials;
  readonly signed: SignedHead;
  readonly signingKeys: SigningKeyCache;
}
