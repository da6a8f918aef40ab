// What the simulated cloud refuses with. The code is AWS's own, and the code decides the status.

const statusByCode: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AuthFailure: 401,
  BucketAlreadyExists: 409,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  DryRunOperation: 412,
  ExpiredToken: 403,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidClientTokenId: 403,
  InvalidRange: 416,
  MethodNotAllowed: 405,
  MissingAuthenticationToken: 403,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchEntity: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotFound: 404,
  NotFoundException: 404,
  NotImplemented: 501,
  OptInRequired: 403,
  PreconditionFailed: 412,
  RequestEntityTooLarge: 413,
  RequestLimitExceeded: 503,
  RequestTimeTooSkewed: 403,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  TooManyRequestsException: 429,
  Unavailable: 503,
  UnauthorizedOperation: 403,
};

interface AwsErrorOptions {
  /** Needed only for a code whose usual status is not wanted; unlisted codes are the caller's fault, 400. */
  readonly status?: number;
  /** What the code was called in the query protocol, where a JSON service once spoke that. */
  readonly queryCode?: string;
  /** More headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;
  readonly queryCode: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, { status, queryCode, headers = {} }: AwsErrorOptions = {}) {
    super(message);
    this.code = code;
    this.status = status ?? statusByCode[code] ?? 400;
    this.queryCode = queryCode;
    this.headers = headers;
  }
}
