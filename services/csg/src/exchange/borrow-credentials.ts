import { isGatewayError } from '@cloud-gateway/contracts';
import type { SigningCredentials } from '@cloud-gateway/sigv4';
import type { CredentialLender } from '../cloud-credentials/create-credential-lender.ts';
import type { AccessKey } from '../keys/access-key.ts';
import { RefusedCall } from './refused-call.ts';

export interface BorrowDeps {
  readonly lender: CredentialLender;
}

/** The cloud credentials that the administrator chose. Throws RefusedCall when they cannot be had just now. */
export async function borrowCredentials({ lender }: BorrowDeps, key: AccessKey): Promise<SigningCredentials> {
  return lender.lend(key).catch(asRefusal);
}

function asRefusal(err: unknown): never {
  if (!isGatewayError(err) || err.code === 'internal') throw err;
  throw new RefusedCall(
    'credentials-unavailable',
    `The cloud credentials of this access cannot be had just now: ${err.message}`,
  );
}
