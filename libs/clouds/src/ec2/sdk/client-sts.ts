// The SDK of STS, as much of it as the gateway uses. Required, for the same reason as client-ec2.ts.
import { createRequire } from 'node:module';

const sdk: typeof import('@aws-sdk/client-sts') = createRequire(import.meta.url)('@aws-sdk/client-sts');

export const { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } = sdk;
