// The codes by which the SDKs know an error, and the status that AWS sends with them. Sources: the pages "Common Errors"
// of the services' API references, "Error Responses" of Amazon S3, "Error codes for the Amazon EC2 API", and the tables
// by which botocore and the SDK for JavaScript decide what to repeat.
import type { ErrorProtocol } from '@cloud-gateway/aws-services';

export type ErrorCode = readonly [code: string, status: number];

/** How one error is told in each family of protocols. */
export interface ErrorCodes {
  readonly s3: ErrorCode;
  /** Of rest-xml as well. */
  readonly query: ErrorCode;
  readonly ec2: ErrorCode;
  /** Of CBOR as well. Services that speak these protocols say 400 to nearly everything that is the client's fault. */
  readonly json: ErrorCode;
  readonly restJson: ErrorCode;
}

export function codeFor(codes: ErrorCodes, protocol: ErrorProtocol): ErrorCode {
  switch (protocol) {
    case 's3':
      return codes.s3;
    case 'query':
    case 'rest-xml':
      return codes.query;
    case 'ec2':
      return codes.ec2;
    case 'json-1.0':
    case 'json-1.1':
    case 'cbor':
      return codes.json;
    case 'rest-json':
      return codes.restJson;
  }
}

export const missingAuthentication: ErrorCodes = {
  s3: ['AccessDenied', 403],
  query: ['MissingAuthenticationToken', 403],
  ec2: ['MissingAuthenticationToken', 403],
  json: ['MissingAuthenticationTokenException', 400],
  restJson: ['MissingAuthenticationTokenException', 403],
};

export const incompleteSignature: ErrorCodes = {
  s3: ['AuthorizationHeaderMalformed', 400],
  query: ['IncompleteSignature', 400],
  ec2: ['IncompleteSignature', 400],
  json: ['IncompleteSignatureException', 400],
  restJson: ['IncompleteSignatureException', 400],
};

export const unsupportedScheme: ErrorCodes = { ...incompleteSignature, s3: ['InvalidRequest', 400] };

export const unknownKey: ErrorCodes = {
  s3: ['InvalidAccessKeyId', 403],
  query: ['InvalidClientTokenId', 403],
  ec2: ['AuthFailure', 401],
  json: ['UnrecognizedClientException', 400],
  restJson: ['UnrecognizedClientException', 403],
};

export const wrongSignature: ErrorCodes = {
  s3: ['SignatureDoesNotMatch', 403],
  query: ['SignatureDoesNotMatch', 403],
  ec2: ['AuthFailure', 401],
  json: ['InvalidSignatureException', 400],
  restJson: ['InvalidSignatureException', 403],
};

export const wrongPayloadHash: ErrorCodes = { ...wrongSignature, s3: ['XAmzContentSHA256Mismatch', 400] };

export const wrongScope: ErrorCodes = { ...wrongSignature, s3: ['AuthorizationHeaderMalformed', 400] };

export const wrongTime: ErrorCodes = {
  ...wrongSignature,
  s3: ['RequestTimeTooSkewed', 403],
  ec2: ['RequestExpired', 400],
};

export const expiredUrl: ErrorCodes = {
  ...wrongSignature,
  s3: ['AccessDenied', 403],
  ec2: ['RequestExpired', 400],
};

export const accessDenied: ErrorCodes = {
  s3: ['AccessDenied', 403],
  query: ['AccessDenied', 403],
  ec2: ['UnauthorizedOperation', 403],
  json: ['AccessDeniedException', 400],
  restJson: ['AccessDeniedException', 403],
};

// AWS sends SlowDown and RequestLimitExceeded with 503. Here it is 429, which the SDKs take for the same: a refusal is
// no fault of the server, and must not be counted as one by whoever watches for 5xx.
export const throttled: ErrorCodes = {
  s3: ['SlowDown', 429],
  query: ['Throttling', 400],
  ec2: ['RequestLimitExceeded', 429],
  json: ['ThrottlingException', 400],
  restJson: ['ThrottlingException', 429],
};

export const invalidRequest: ErrorCodes = {
  s3: ['InvalidRequest', 400],
  query: ['ValidationError', 400],
  ec2: ['InvalidRequest', 400],
  json: ['ValidationException', 400],
  restJson: ['ValidationException', 400],
};

export const tooLarge: ErrorCodes = {
  s3: ['EntityTooLarge', 400],
  query: ['RequestEntityTooLarge', 413],
  ec2: ['RequestEntityTooLarge', 413],
  json: ['RequestEntityTooLargeException', 413],
  restJson: ['RequestEntityTooLargeException', 413],
};

export const requestTimeout: ErrorCodes = {
  s3: ['RequestTimeout', 400],
  query: ['RequestTimeout', 408],
  ec2: ['RequestTimeout', 408],
  json: ['RequestTimeoutException', 408],
  restJson: ['RequestTimeoutException', 408],
};

export const expectationFailed: ErrorCodes = {
  s3: ['InvalidRequest', 417],
  query: ['ValidationError', 417],
  ec2: ['InvalidRequest', 417],
  json: ['ValidationException', 417],
  restJson: ['ValidationException', 417],
};

/** What every SDK repeats by itself: 502, 503 and 504. */
export function unavailable(status: 502 | 503 | 504): ErrorCodes {
  return {
    s3: ['ServiceUnavailable', status],
    query: ['ServiceUnavailable', status],
    ec2: ['Unavailable', status],
    json: ['ServiceUnavailableException', status],
    restJson: ['ServiceUnavailableException', status],
  };
}

export const overloaded: ErrorCodes = { ...unavailable(503), s3: ['SlowDown', 503] };

export const internalError: ErrorCodes = {
  s3: ['InternalError', 500],
  query: ['InternalFailure', 500],
  ec2: ['InternalError', 500],
  json: ['InternalServerError', 500],
  restJson: ['InternalServerError', 500],
};
