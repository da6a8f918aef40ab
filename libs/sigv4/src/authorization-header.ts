import { type CredentialScope, formatScope } from './credential-scope.ts';
import { algorithm } from './string-to-sign.ts';

/** The value of the Authorization header. `signedHeaders` are joined by semicolons. */
export function authorizationHeader(parts: {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: string;
  readonly signature: string;
}): string {
  const { accessKeyId, scope, signedHeaders, signature } = parts;
  return (
    `${algorithm} Credential=${accessKeyId}/${formatScope(scope)}, ` +
    `SignedHeaders=${signedHeaders}, Signature=${signature}`
  );
}
