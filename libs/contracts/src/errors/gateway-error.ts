// The one error of the whole gateway. It crosses process boundaries as a problem (problem.ts); everything else that
// is thrown is a fault of ours and reaches the caller as `internal`, without its text.
import { type ErrorCode, errorCodes } from './error-codes.ts';

export interface FieldIssue {
  /** Where, as a dotted path that starts with its part of the request: `body.region`, `query.limit`, `path.account`. */
  readonly path: string;
  readonly message: string;
}

/** What the cloud itself said, carried through to the caller. */
export interface CloudFault {
  readonly code: string;
  readonly requestId?: string;
}

export interface GatewayErrorOptions {
  /** Written for the person who reads it; never holds a secret. It reaches the caller. */
  readonly message: string;
  /** For the log only. Never holds a secret either. */
  readonly detail?: string;
  readonly cloud?: CloudFault;
  readonly issues?: readonly FieldIssue[];
  readonly retryAfterMs?: number;
  /** The last document of what is gone. */
  readonly last?: unknown;
  readonly cause?: unknown;
}

/** Compare `code`, not the class: two copies of this package may be loaded. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly cloud: CloudFault | undefined;
  readonly issues: readonly FieldIssue[] | undefined;
  readonly retryAfterMs: number | undefined;
  readonly last: unknown;

  constructor(code: ErrorCode, options: GatewayErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
    this.cloud = options.cloud;
    this.issues = options.issues;
    this.retryAfterMs = options.retryAfterMs;
    this.last = options.last;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }

  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

/** Tells whether `value` is a GatewayError, of this or another copy of the package. */
export function isGatewayError(value: unknown): value is GatewayError {
  return (
    value instanceof Error &&
    value.name === 'GatewayError' &&
    'code' in value &&
    String(value.code) in errorCodes
  );
}
