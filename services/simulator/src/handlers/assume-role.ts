// STS AssumeRole: temporary credentials of a role that trusts the caller's account. A role that does not exist and one
// that does not let the caller in look the same from outside.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { RoleConfig } from '../config.ts';
import { roleSession } from '../identity/identity-store.ts';
import { roleArn } from '../identity/principal.ts';
import { optional, required, withDefault } from '../query/fields.ts';
import { integer, text } from '../query/scalars.ts';

export const assumeRole = defineAction({
  service: 'sts',
  name: 'AssumeRole',
  input: {
    roleArn: required('RoleArn', text),
    sessionName: required('RoleSessionName', text),
    externalId: optional('ExternalId', text),
    durationSeconds: withDefault('DurationSeconds', integer({ min: 900, max: 43_200 }), 3600),
  },
  handle({ roleArn: arn, sessionName, externalId, durationSeconds }, call) {
    if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
      throw new AwsError(
        'ValidationError',
        "Value at 'roleSessionName' failed to satisfy constraint: 2 to 64 of [\\w+=,.@-]",
      );
    }
    const role = call.identity.roles().find((each) => roleArn(each.accountId, each.roleName) === arn);
    if (!role || !letsIn(role, externalId, call)) {
      throw new AwsError(
        'AccessDenied',
        `User: ${call.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn.slice(0, 200)}`,
      );
    }
    if (durationSeconds > role.sessionSecondsMax) {
      throw new AwsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    const session = call.identity.openSession(
      roleSession(role, sessionName),
      call.nowMs + durationSeconds * 1000,
    );
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: new Date(session.expiresAtMs),
      },
      AssumedRoleUser: { AssumedRoleId: session.principal.userId, Arn: session.principal.arn },
    };
  },
});

function letsIn(role: RoleConfig, externalId: string | undefined, { accountId }: Call): boolean {
  return (
    role.trustedAccountIds.includes(accountId) &&
    (role.externalId === undefined || role.externalId === externalId)
  );
}
