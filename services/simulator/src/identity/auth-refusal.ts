// How each protocol words the refusal of a signature. Same cause, different codes: EC2 has its own, S3 too; the others
// share those of the query protocol or those of the JSON protocols.
import type { RefusalReason } from '@cloud-gateway/sigv4';
import { AwsError } from '../aws-error.ts';

export type AuthRefusal =
  | { readonly kind: 'not-signed' }
  | { readonly kind: 'incomplete'; readonly message: string }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'wrong-token' }
  | { readonly kind: 'wrong-signature'; readonly message?: string }
  | { readonly kind: 'session-expired' }
  /** The request's own time is too far from ours, or its presigned life is over. */
  | { readonly kind: 'wrong-time'; readonly message: string; readonly presigned: boolean }
  | { readonly kind: 'denied'; readonly arn: string; readonly action: string };

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.';

export function refuseEc2(refusal: AuthRefusal): AwsError {
  switch (refusal.kind) {
    case 'not-signed':
      return new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token');
    case 'incomplete':
      return new AwsError(
        'AuthFailure',
        `AWS was not able to validate the provided access credentials: ${refusal.message}`,
      );
    case 'unknown-key':
    case 'wrong-token':
    case 'wrong-signature':
      return new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials');
    case 'session-expired':
    case 'wrong-time':
      return new AwsError('RequestExpired', 'Request has expired.');
    case 'denied':
      return new AwsError(
        'UnauthorizedOperation',
        `You are not authorized to perform this operation. ${notAuthorized(refusal)}`,
      );
  }
}

export function refuseQuery(refusal: AuthRefusal): AwsError {
  switch (refusal.kind) {
    case 'not-signed':
      return new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token');
    case 'incomplete':
      return new AwsError('IncompleteSignature', refusal.message);
    case 'unknown-key':
    case 'wrong-token':
      return new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.');
    case 'wrong-signature':
      return new AwsError('SignatureDoesNotMatch', refusal.message ?? mismatch);
    case 'session-expired':
      return new AwsError('ExpiredToken', 'The security token included in the request is expired');
    case 'wrong-time':
      return new AwsError('SignatureDoesNotMatch', refusal.message);
    case 'denied':
      return new AwsError('AccessDenied', notAuthorized(refusal));
  }
}

/** `status` is 400 where the action is named in a header, and 403 where it is named by method and path. */
export function refuseJson(refusal: AuthRefusal, status: 400 | 403): AwsError {
  const error = (code: string, message: string, queryCode: string) =>
    new AwsError(code, message, { status, queryCode });
  switch (refusal.kind) {
    case 'not-signed':
      return error(
        'MissingAuthenticationTokenException',
        'Missing Authentication Token',
        'MissingAuthenticationToken',
      );
    case 'incomplete':
      return error('IncompleteSignatureException', refusal.message, 'IncompleteSignature');
    case 'unknown-key':
    case 'wrong-token':
      return error(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        'InvalidClientTokenId',
      );
    case 'wrong-signature':
      return error('InvalidSignatureException', refusal.message ?? mismatch, 'SignatureDoesNotMatch');
    case 'session-expired':
      return error(
        'ExpiredTokenException',
        'The security token included in the request is expired',
        'ExpiredToken',
      );
    case 'wrong-time':
      return error('InvalidSignatureException', refusal.message, 'SignatureDoesNotMatch');
    case 'denied':
      return error('AccessDeniedException', notAuthorized(refusal), 'AccessDenied');
  }
}

export function refuseS3(refusal: AuthRefusal): AwsError {
  switch (refusal.kind) {
    case 'not-signed':
      return new AwsError('AccessDenied', 'Access Denied');
    case 'incomplete':
      return new AwsError('AuthorizationHeaderMalformed', refusal.message);
    case 'unknown-key':
      return new AwsError(
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
      );
    case 'wrong-token':
      return new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.');
    case 'wrong-signature':
      return new AwsError('SignatureDoesNotMatch', refusal.message ?? mismatch);
    case 'session-expired':
      return new AwsError('ExpiredToken', 'The provided token has expired.', { status: 400 });
    case 'wrong-time':
      return refusal.presigned
        ? new AwsError('AccessDenied', 'Request has expired')
        : new AwsError(
            'RequestTimeTooSkewed',
            'The difference between the request time and the current time is too large.',
          );
    case 'denied':
      return new AwsError('AccessDenied', notAuthorized(refusal));
  }
}

function notAuthorized({ arn, action }: Extract<AuthRefusal, { kind: 'denied' }>): string {
  return `User: ${arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
}

/** Sorts what the signature library refuses into what AWS has words for. */
export function refusalOfReason(reason: RefusalReason, message: string): AuthRefusal {
  switch (reason) {
    case 'unsigned':
    case 'bearer':
    case 'unknown-scheme':
    case 'post-policy':
      return { kind: 'not-signed' };
    case 'payload-hash-mismatch':
    case 'signature-mismatch':
      return { kind: 'wrong-signature' };
    case 'scope-day-mismatch':
    case 'host-not-signed':
    case 'header-not-signed':
    case 'signed-header-absent':
      return { kind: 'wrong-signature', message };
    default:
      return { kind: 'incomplete', message };
  }
}
