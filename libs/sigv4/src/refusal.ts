// Why a request is not let through. The reason is for the program, the message for the person who reads the log or
// the answer; neither ever holds a signature, a token or a secret.

export type RefusalReason =
  /** No authentication at all. */
  | 'unsigned'
  /** Signed in a way that is known but not taken here. */
  | 'sigv2'
  | 'sigv4a'
  | 'post-policy'
  | 'bearer'
  | 'unknown-scheme'
  /** Signed in the header and in the query. */
  | 'several-signatures'
  /** A part of the signature is missing or cannot be read. */
  | 'incomplete'
  | 'malformed-credential'
  | 'malformed-date'
  | 'malformed-signed-headers'
  | 'malformed-signature'
  | 'malformed-expires'
  | 'malformed-payload-hash'
  /** A header that may come only once came twice. */
  | 'duplicate-header'
  /** A query parameter of the signature came twice. */
  | 'duplicate-parameter'
  /** The day of the scope is not the day of the date. */
  | 'scope-day-mismatch'
  | 'host-not-signed'
  /** A header that must be signed is not: every x-amz-* that was sent. */
  | 'header-not-signed'
  /** Named in SignedHeaders, but not sent. */
  | 'signed-header-absent'
  /** The body is not the one whose hash was signed. */
  | 'payload-hash-mismatch'
  | 'signature-mismatch';

export interface Refusal {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly message: string;
}

export function refuse(reason: RefusalReason, message: string): Refusal {
  return { ok: false, reason, message };
}
