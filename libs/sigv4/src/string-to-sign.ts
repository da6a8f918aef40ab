import { type CredentialScope, formatScope } from './credential-scope.ts';
import { sha256Hex } from './sha256.ts';

export const algorithm = 'AWS4-HMAC-SHA256';

/** StringToSign. `amzDate` is `YYYYMMDDTHHMMSSZ`. */
export function stringToSign(amzDate: string, scope: CredentialScope, canonicalRequest: string): string {
  return `${algorithm}\n${amzDate}\n${formatScope(scope)}\n${sha256Hex(canonicalRequest)}`;
}
