import { randomBytes } from 'node:crypto';
import { rememberSecret } from './run-captured-logs.ts';

/** Whose keys open an account of a simulated cloud. */
export interface CloudUser {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly accountId: string;
  readonly userName: string;
}

/** `accountId`: twelve digits. The secret is looked for in everything that is captured. */
export function newCloudUser(accountId: string, userName: string): CloudUser {
  const secretAccessKey = randomBytes(30).toString('base64');
  rememberSecret(secretAccessKey);
  return { accessKeyId: `AKIA${accountId}`, secretAccessKey, accountId, userName };
}
