import type { STSClient } from '@aws-sdk/client-sts';
import { GatewayError } from '@cloud-gateway/contracts';
import type { CloudIdentity } from '../../cloud.ts';
import type { AwsCaller } from '../client/aws-caller.ts';
import { GetCallerIdentityCommand } from '../sdk/client-sts.ts';

/** Asks STS whose credentials these are. Every valid credential may ask this; no policy can deny it. */
export async function identify(
  { sts, call }: { readonly sts: STSClient; readonly call: AwsCaller },
  signal: AbortSignal,
): Promise<CloudIdentity> {
  const { Account, Arn } = await call.read('GetCallerIdentity', signal, (http) =>
    sts.send(new GetCallerIdentityCommand({}), http),
  );
  if (Account === undefined || Arn === undefined) {
    throw new GatewayError('cloud-failed', { message: 'GetCallerIdentity was answered without an account' });
  }
  return { cloudAccountId: Account, identity: Arn };
}
