import { expect } from 'chai';
import { errorCodeOf } from '../../../src/ec2/errors/aws-error-codes.ts';

const cases = [
  ['AuthFailure', 401, 'credentials-rejected'],
  ['InvalidClientTokenId', 403, 'credentials-rejected'],
  ['SignatureDoesNotMatch', 403, 'credentials-rejected'],
  ['ExpiredToken', 400, 'credentials-rejected'],
  ['UnauthorizedOperation', 403, 'cloud-forbidden'],
  ['AccessDenied', 403, 'cloud-forbidden'],
  ['InvalidInstanceID.NotFound', 400, 'cloud-not-found'],
  ['InvalidAMIID.NotFound', 400, 'cloud-not-found'],
  ['InvalidKeyPair.NotFound', 400, 'cloud-not-found'],
  ['InvalidGroup.NotFound', 400, 'cloud-not-found'],
  ['InvalidAMIID.Unavailable', 400, 'cloud-not-found'],
  ['IncorrectInstanceState', 400, 'cloud-conflict'],
  ['OperationNotPermitted', 400, 'cloud-conflict'],
  ['VolumeInUse', 400, 'cloud-conflict'],
  ['InvalidGroup.InUse', 400, 'cloud-conflict'],
  ['InvalidIPAddress.InUse', 400, 'cloud-conflict'],
  ['InvalidKeyPair.Duplicate', 400, 'cloud-conflict'],
  ['InvalidSubnet.Conflict', 400, 'cloud-conflict'],
  ['DependencyViolation', 400, 'cloud-conflict'],
  ['IncorrectModificationState', 400, 'cloud-conflict'],
  ['AddressLimitExceeded', 400, 'cloud-refused'],
  ['VolumeLimitExceeded', 400, 'cloud-refused'],
  ['InvalidSecurityGroupRuleId.NotFound', 400, 'cloud-not-found'],
  ['IdempotentParameterMismatch', 400, 'idempotency-key-reused'],
  ['RequestLimitExceeded', 503, 'cloud-throttled'],
  ['Throttling', 400, 'cloud-throttled'],
  ['RequestExpired', 400, 'cloud-clock-skew'],
  ['RequestTimeTooSkewed', 403, 'cloud-clock-skew'],
  ['InternalError', 500, 'cloud-failed'],
  ['InsufficientInstanceCapacity', 500, 'cloud-failed'],
  ['InstanceLimitExceeded', 400, 'cloud-refused'],
  ['InvalidParameterValue', 400, 'cloud-refused'],
  ['InvalidAMIID.Malformed', 400, 'cloud-refused'],
  ['UnsupportedOperation', 400, 'cloud-refused'],
  ['SomethingNew', 403, 'cloud-forbidden'],
  ['SomethingNew', 404, 'cloud-not-found'],
  ['SomethingNew', 409, 'cloud-conflict'],
  ['SomethingNew', 418, 'cloud-refused'],
  ['SomethingNew', 429, 'cloud-throttled'],
  ['SomethingNew', 502, 'cloud-failed'],
  ['SomethingNew', undefined, 'cloud-failed'],
] as const;

describe('errorCodeOf', () => {
  for (const [code, httpStatus, ours] of cases) {
    it(`takes ${code} with status ${httpStatus} for ${ours}`, () => {
      expect(errorCodeOf({ code, httpStatus, message: 'The text.' })).to.equal(ours);
    });
  }

  it('takes AuthFailure about an image for a missing permission, not for wrong credentials', () => {
    const fault = { code: 'AuthFailure', httpStatus: 403, message: 'Not authorized for images: [ami-1]' };

    expect(errorCodeOf(fault)).to.equal('cloud-forbidden');
  });

  for (const message of [
    'Signature expired: 20261122T000000Z is now earlier than 20261122T001000Z',
    'Signature not yet current: 20261122T001000Z is still later than 20261122T000500Z',
  ]) {
    it(`takes "${message.slice(0, 25)}…" for a wrong clock`, () => {
      expect(errorCodeOf({ code: 'SignatureDoesNotMatch', httpStatus: 403, message })).to.equal(
        'cloud-clock-skew',
      );
    });
  }
});
