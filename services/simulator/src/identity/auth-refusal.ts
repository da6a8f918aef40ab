// How each service words the refusal of a signature. Same cause, different codes: EC2 has its own, STS and IAM share
// those of the query protocol.
import type { RefusalReason } from '@cloud-gateway/sigv4';
import { AwsError } from '../aws-error.ts';
import type { ServiceName } from '../service-name.ts';

export type AuthRefusal =
  | { readonly kind: 'not-signed' }
  | { readonly kind: 'incomplete'; readonly message: string }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'wrong-token' }
  | { readonly kind: 'wrong-signature'; readonly message?: string }
  | { readonly kind: 'session-expired' }
  /** The request's own time is too far from ours, or its presigned life is over. */
  | { readonly kind: 'wrong-time'; readonly message: string }
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
        `You are not authorized to perform this operation. User: ${refusal.arn} is not authorized to perform: ${refusal.action} because no identity-based policy allows the ${refusal.action} action`,
      );
  }
}

function refuseQuery(refusal: AuthRefusal): AwsError {
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
      return new AwsError(
        'AccessDenied',
        `User: ${refusal.arn} is not authorized to perform: ${refusal.action} because no identity-based policy allows the ${refusal.action} action`,
      );
  }
}

export function refuseAuth(service: ServiceName, refusal: AuthRefusal): AwsError {
  return service === 'ec2' ? refuseEc2(refusal) : refuseQuery(refusal);
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
