// STS GetSessionToken: temporary credentials of the calling user, who keeps their rights.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { withDefault } from '../query/fields.ts';
import { integer } from '../query/scalars.ts';

export const getSessionToken = defineAction({
  service: 'sts',
  name: 'GetSessionToken',
  input: { durationSeconds: withDefault('DurationSeconds', integer({ min: 900, max: 129_600 }), 43_200) },
  handle({ durationSeconds }, call) {
    if (call.signature?.sessionToken !== undefined) {
      throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials');
    }
    const session = call.identity.openSession(call.principal, call.nowMs + durationSeconds * 1000);
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: new Date(session.expiresAtMs),
      },
    };
  },
});
