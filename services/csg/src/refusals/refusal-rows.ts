// One row for each kind of refusal: whose fault it is, and how the client is told.
import {
  accessDenied,
  type ErrorCodes,
  expectationFailed,
  expiredUrl,
  incompleteSignature,
  internalError,
  invalidRequest,
  missingAuthentication,
  overloaded,
  requestTimeout,
  throttled,
  tooLarge,
  unavailable,
  unknownKey,
  unsupportedScheme,
  wrongPayloadHash,
  wrongScope,
  wrongSignature,
  wrongTime,
} from './error-codes.ts';
import type { RefusalKind } from './refusal.ts';

interface RefusalRow {
  /** A fault of the client is never answered with 5xx; any other one always is, so that the SDKs repeat the call. */
  readonly fault: 'client' | 'gateway' | 'cloud';
  readonly codes: ErrorCodes;
}

export const refusalRows: Readonly<Record<RefusalKind, RefusalRow>> = {
  unsigned: { fault: 'client', codes: missingAuthentication },
  'unsupported-scheme': { fault: 'client', codes: unsupportedScheme },
  'malformed-signature': { fault: 'client', codes: incompleteSignature },
  'duplicate-header': { fault: 'client', codes: invalidRequest },
  'unknown-client': { fault: 'client', codes: unknownKey },
  'service-not-approved': { fault: 'client', codes: accessDenied },
  'not-active': { fault: 'client', codes: unknownKey },
  'signature-mismatch': { fault: 'client', codes: wrongSignature },
  'payload-hash-mismatch': { fault: 'client', codes: wrongPayloadHash },
  'chunk-signature-mismatch': { fault: 'client', codes: wrongSignature },
  'clock-skew': { fault: 'client', codes: wrongTime },
  'presigned-expired': { fault: 'client', codes: expiredUrl },
  'policy-violation': { fault: 'client', codes: accessDenied },
  'rate-limited': { fault: 'client', codes: throttled },
  'credential-action': { fault: 'client', codes: accessDenied },
  'host-mismatch': { fault: 'client', codes: wrongScope },
  'scope-mismatch': { fault: 'client', codes: wrongScope },
  'unknown-service': { fault: 'client', codes: accessDenied },
  'body-too-large': { fault: 'client', codes: tooLarge },
  'body-timeout': { fault: 'client', codes: requestTimeout },
  'malformed-request': { fault: 'client', codes: invalidRequest },
  'upgrade-refused': { fault: 'client', codes: invalidRequest },
  'expectation-failed': { fault: 'client', codes: expectationFailed },
  'client-gone': { fault: 'client', codes: invalidRequest },
  unavailable: { fault: 'gateway', codes: unavailable(503) },
  'credentials-unavailable': { fault: 'gateway', codes: unavailable(503) },
  'cloud-unreachable': { fault: 'cloud', codes: unavailable(503) },
  'cloud-timeout': { fault: 'cloud', codes: unavailable(504) },
  'upstream-broke-off': { fault: 'cloud', codes: unavailable(502) },
  overloaded: { fault: 'gateway', codes: overloaded },
  'internal-error': { fault: 'gateway', codes: internalError },
};
