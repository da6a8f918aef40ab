// CheckCredentials: whose are they, and what may they not do that the gateway needs.
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { STSClient } from '@aws-sdk/client-sts';
import { isGatewayError } from '@cloud-gateway/contracts';
import type { CredentialsCheck } from '../../cloud.ts';
import type { AwsCaller } from '../client/aws-caller.ts';
import { dryRunPermissions } from './dry-run-permissions.ts';
import { identify } from './identify.ts';
import { neededPermissions } from './needed-permissions.ts';
import { simulatePermissions } from './simulate-permissions.ts';

export interface CheckCredentialsDeps {
  readonly ec2: EC2Client;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly call: AwsCaller;
}

/** `connect` may throw credentials-rejected, where the credentials are a role. */
export async function checkCredentials(
  connect: () => Promise<CheckCredentialsDeps>,
  signal: AbortSignal,
): Promise<CredentialsCheck> {
  const found = await connectAndIdentify(connect, signal).catch(asRejection);
  if ('rejection' in found) return invalid(found.rejection);
  const { deps, identified } = found;
  const question = { identity: identified.identity, names: neededPermissions.map(({ name }) => name) };
  const permissions =
    (await simulatePermissions(deps, question, signal)) ?? (await dryRunPermissions(deps, signal));
  return {
    valid: true,
    cloudAccountId: identified.cloudAccountId,
    identity: identified.identity,
    missingPermissions: permissions.missing,
    unknownPermissions: permissions.unknown,
    message: null,
  };
}

async function connectAndIdentify(connect: () => Promise<CheckCredentialsDeps>, signal: AbortSignal) {
  const deps = await connect();
  return { deps, identified: await identify(deps, signal) };
}

function asRejection(error: unknown): { rejection: string } {
  if (isGatewayError(error) && error.code === 'credentials-rejected') return { rejection: error.message };
  throw error;
}

function invalid(message: string): CredentialsCheck {
  return {
    valid: false,
    cloudAccountId: null,
    identity: null,
    missingPermissions: [],
    unknownPermissions: [],
    message,
  };
}
