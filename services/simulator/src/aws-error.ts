// What the simulated cloud refuses with. The code is AWS's own, and the code decides the status.

const statusByCode: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AuthFailure: 401,
  DryRunOperation: 412,
  ExpiredToken: 403,
  InternalError: 500,
  InvalidClientTokenId: 403,
  MissingAuthenticationToken: 403,
  NoSuchEntity: 404,
  OptInRequired: 403,
  RequestEntityTooLarge: 413,
  RequestLimitExceeded: 503,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  Unavailable: 503,
  UnauthorizedOperation: 403,
};

export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number;

  /** `status` is needed only for a code whose usual status is not wanted; unlisted codes are the caller's fault, 400. */
  constructor(code: string, message: string, status = statusByCode[code] ?? 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
