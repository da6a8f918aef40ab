// The one table from AWS's error codes to ours. What is not in it is judged by its HTTP status.
import type { ErrorCode } from '@cloud-gateway/contracts';

const codesByMeaning = {
  'credentials-rejected': [
    'AuthFailure',
    'Blocked',
    'ExpiredToken',
    'ExpiredTokenException',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'InvalidAccessKeyId',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'InvalidToken',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'SignatureDoesNotMatch',
    'UnrecognizedClientException',
  ],
  'cloud-forbidden': [
    'AccessDenied',
    'AccessDeniedException',
    'NotAuthorized',
    'OptInRequired',
    'PendingVerification',
    'UnauthorizedOperation',
    'UnauthorizedAccess',
  ],
  'cloud-not-found': [
    'InvalidAMIID.Unavailable',
    'InvalidInstanceID',
    'NoSuchEntity',
    'NoSuchEntityException',
    'ResourceNotFoundException',
  ],
  'cloud-conflict': [
    'CannotDelete',
    'DependencyViolation',
    'IdempotentInstanceTerminated',
    'IncorrectInstanceState',
    'IncorrectModificationState',
    'IncorrectState',
    'IncorrectStateException',
    'InvalidState',
    // Termination protection, for example: the request is fine, the instance does not allow it as it is.
    'OperationNotPermitted',
    'Resource.AlreadyAssociated',
    'VolumeInUse',
    'VolumeModificationRateExceeded',
  ],
  'idempotency-key-reused': ['IdempotentParameterMismatch'],
  'cloud-throttled': [
    'BandwidthLimitExceeded',
    'ConcurrentRequestLimitExceeded',
    'EC2ThrottledException',
    'PriorRequestNotComplete',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'SlowDown',
    'SnapshotCreationPerVolumeRateExceeded',
    'ThrottledException',
    'Throttling',
    'ThrottlingException',
    'TooManyRequestsException',
  ],
  'cloud-clock-skew': ['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed'],
  // Capacity comes and goes, so the same request may succeed later; a quota (InstanceLimitExceeded) does not.
  'cloud-failed': [
    'InsufficientAddressCapacity',
    'InsufficientCapacity',
    'InsufficientHostCapacity',
    'InsufficientInstanceCapacity',
    'InsufficientReservedInstanceCapacity',
    'InternalError',
    'InternalFailure',
    'InternalServerError',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'Unavailable',
  ],
  'cloud-timeout': ['RequestTimeout', 'RequestTimeoutException'],
} as const satisfies Partial<Record<ErrorCode, readonly string[]>>;

const meaningByCode = new Map<string, ErrorCode>(
  (Object.keys(codesByMeaning) as (keyof typeof codesByMeaning)[]).flatMap((meaning) =>
    codesByMeaning[meaning].map((code) => [code, meaning] as const),
  ),
);

export interface AwsFault {
  readonly code: string;
  readonly message: string;
  /** Undefined when AWS sent none, or it could not be read. */
  readonly httpStatus: number | undefined;
}

/** Tells which of our codes an answer of AWS means. */
export function errorCodeOf({ code, message, httpStatus }: AwsFault): ErrorCode {
  // EC2 refuses a launch from somebody's private image with the code of wrong credentials, "Not authorized for images".
  if (code === 'AuthFailure' && /^not authorized/i.test(message)) return 'cloud-forbidden';
  // STS and IAM report a wrong clock as a wrong signature.
  if (/^signature (expired|not yet current)/i.test(message)) return 'cloud-clock-skew';
  const meaning = meaningByCode.get(code);
  if (meaning !== undefined) return meaning;
  if (/^Invalid.+\.(NotFound|Unknown)$/.test(code)) return 'cloud-not-found';
  // The name or the block is taken, or somebody uses it.
  if (/^Invalid.+\.(Conflict|Duplicate|InUse)$/.test(code)) return 'cloud-conflict';
  return byStatus(httpStatus);
}

function byStatus(httpStatus: number | undefined): ErrorCode {
  if (httpStatus === undefined || httpStatus >= 500 || httpStatus < 400) return 'cloud-failed';
  switch (httpStatus) {
    case 401:
    case 403:
      return 'cloud-forbidden';
    case 404:
      return 'cloud-not-found';
    case 408:
      return 'cloud-timeout';
    case 409:
      return 'cloud-conflict';
    case 429:
      return 'cloud-throttled';
    default:
      return 'cloud-refused';
  }
}
