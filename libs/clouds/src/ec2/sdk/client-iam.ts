// The SDK of IAM, as much of it as the gateway uses. Required, for the same reason as client-ec2.ts.
import { createRequire } from 'node:module';

const sdk: typeof import('@aws-sdk/client-iam') = createRequire(import.meta.url)('@aws-sdk/client-iam');

export const { IAMClient, SimulatePrincipalPolicyCommand } = sdk;
