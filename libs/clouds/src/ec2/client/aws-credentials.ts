// Our credentials as the SDK wants them, and what of them must never be printed.
import type { CloudCredentials } from '@cloud-gateway/contracts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export type RoleCredentials = Extract<CloudCredentials, { kind: 'role' }>;
type KeyFields = RoleCredentials['source'];

export function awsCredentials({ accessKeyId, secretAccessKey, sessionToken }: KeyFields): AwsCredentials {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

export function secretsOf({ secretAccessKey, sessionToken }: AwsCredentials): string[] {
  return sessionToken === undefined ? [secretAccessKey] : [secretAccessKey, sessionToken];
}
