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
  /** A payload that is signed in pieces of a kind that cannot be verified and signed anew here. */
  | 'unsupported-payload-mode'
  /** A header whose name is none, or whose value has line ends or other control characters. */
  | 'malformed-header'
  /** A header that may come only once came twice. */
  | 'duplicate-header'
  /** A query parameter of the signature came twice. */
  | 'duplicate-parameter'
  /** The same thing is said in the query and in a header, differently. */
  | 'contradiction'
  /** The day of the scope is not the day of the date. */
  | 'scope-day-mismatch'
  | 'host-not-signed'
  /** A header that must be signed is not: every x-amz-* that was sent. */
  | 'header-not-signed'
  /** Named in SignedHeaders, but not sent. */
  | 'signed-header-absent'
  /** The body is not the one whose hash was signed. */
  | 'payload-hash-mismatch'
  | 'signature-mismatch'
  /** A chunked body that is framed wrongly, ends too early or goes on after its end. */
  | 'malformed-chunk'
  | 'chunk-too-large'
  /** A chunk, or the trailer, is not the one that was signed at this place. */
  | 'chunk-signature-mismatch'
  /** The chunks together are not as long as x-amz-decoded-content-length says. */
  | 'decoded-length-mismatch';

export interface Refusal {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly message: string;
}

export function refuse(reason: RefusalReason, message: string): Refusal {
  return { ok: false, reason, message };
}
