// Why the proxy does not forward a call, or could not: a closed list. refusal-rows.ts says of each kind how it is told.

export interface Refusal {
  readonly kind: RefusalKind;
  /** For the person who reads it in the client's exception. Holds no signature, token or secret. */
  readonly message: string;
}

export type RefusalKind =
  /** No authentication at all. */
  | 'unsigned'
  /** Signed in another way than SigV4 with HMAC. */
  | 'unsupported-scheme'
  /** A part of the signature is missing or cannot be read. */
  | 'malformed-signature'
  /** A header that may come only once came twice. */
  | 'duplicate-header'
  /** Nobody has this access key. */
  | 'unknown-client'
  /** The key's request does not name this service. */
  | 'service-not-approved'
  /** The request was revoked or archived, or its secret was never taken. */
  | 'not-active'
  | 'signature-mismatch'
  /** The body is not the one whose hash was signed. */
  | 'payload-hash-mismatch'
  /** A chunk of the body is not the one that was signed at its place. */
  | 'chunk-signature-mismatch'
  /** Signed too long ago, or in the future. */
  | 'clock-skew'
  | 'presigned-expired'
  | 'policy-violation'
  /** More calls in a minute than a policy allows. Told by a code at which SDKs wait and try again. */
  | 'rate-limited'
  /** The call hands out cloud credentials that would work past the gateway. */
  | 'credential-action'
  /** The host that is called is not the one of the tunnel. */
  | 'host-mismatch'
  /** Signed for another service or region than that of the host. */
  | 'scope-mismatch'
  /** The host is no endpoint of a service that the gateway knows. */
  | 'unknown-service'
  | 'body-too-large'
  /** The body did not come in time. */
  | 'body-timeout'
  | 'malformed-request'
  /** WebSocket and other protocols that a request wants to change to. */
  | 'upgrade-refused'
  | 'expectation-failed'
  /** The client went away; the answer reaches nobody, the kind reaches the log. */
  | 'client-gone'
  /** Whether the key is good cannot be said just now. */
  | 'unavailable'
  /** The cloud credentials that the key borrows cannot be had just now. */
  | 'credentials-unavailable'
  | 'cloud-unreachable'
  | 'cloud-timeout'
  /** The cloud closed the connection before its answer was complete. */
  | 'upstream-broke-off'
  | 'overloaded'
  /** A fault of ours. */
  | 'internal-error';
