import type { CredentialScope } from './credential-scope.ts';
import type { HeaderIndex } from './header-index.ts';
import type { PayloadMode } from './payload-mode.ts';

/** All that a request says about its signature, checked for form and not yet for truth. */
export interface ParsedSignature {
  readonly ok: true;
  readonly carrier: 'header' | 'query';
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** `YYYYMMDDTHHMMSSZ`, on the day of the scope. Hold it against the clock with @cloud-gateway/clock. */
  readonly amzDate: string;
  /** Lower-case, sorted, without duplicates; each was sent, and host is among them. */
  readonly signedHeaders: readonly string[];
  /** 64 hex digits. */
  readonly signature: string;
  /** x-amz-security-token, from wherever it came. */
  readonly sessionToken: string | undefined;
  /** Query signatures only: how long after amzDate it is good, 1 to 604800. */
  readonly expiresSeconds: number | undefined;
  readonly payload: PayloadMode;
  /** The headers by lower-case name, indexed once. */
  readonly headers: HeaderIndex;
}
