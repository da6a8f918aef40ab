// STS AssumeRole (AWS STS API reference): temporary keys of a role. Without DurationSeconds they live for an hour, which
// every role allows, one that was reached from another role too.
import type { STSClient } from '@aws-sdk/client-sts';
import { GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import type { AwsCaller } from '../client/aws-caller.ts';
import { type AwsCredentials, awsCredentials, type RoleCredentials } from '../client/aws-credentials.ts';
import { AssumeRoleCommand } from '../sdk/client-sts.ts';

export interface TemporaryKey extends AwsCredentials {
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

/** Stands in the account's CloudTrail beside everything that is done with these keys. */
const sessionName = 'cloud-gateway';

/** Throws credentials-rejected when the role does not let the source in, or the source's keys are nobody's. */
export async function assumeRole(
  { sts, call }: { readonly sts: STSClient; readonly call: AwsCaller },
  { roleArn, externalId }: RoleCredentials,
  signal: AbortSignal,
): Promise<TemporaryKey> {
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ...(externalId !== undefined && { ExternalId: externalId }),
  });
  const { Credentials: key } = await call
    .read('AssumeRole', signal, (http) => sts.send(command, http))
    .catch(denialAsRejection);
  if (!key?.AccessKeyId || !key.SecretAccessKey || !key.SessionToken || !key.Expiration) {
    throw new GatewayError('cloud-failed', {
      message: 'AssumeRole was answered without complete credentials',
    });
  }
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = key;
  return {
    ...awsCredentials({ accessKeyId, secretAccessKey }),
    sessionToken,
    expiresAtMs: key.Expiration.getTime(),
  };
}

// For every other call a denial is a matter of permissions; here it says that these are no credentials at all. A role
// that does not exist, a wrong external id and a missing sts:AssumeRole look the same from outside.
function denialAsRejection(error: unknown): never {
  if (!isGatewayError(error) || error.cloud?.code !== 'AccessDenied') throw error;
  throw new GatewayError('credentials-rejected', {
    message: error.message,
    cloud: error.cloud,
    cause: error,
  });
}
