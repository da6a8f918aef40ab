// The environment of somebody who uses the proxy: nothing of this machine's own AWS set-up, only what the recipes say.
import { mkdirSync } from 'node:fs';
import path from 'node:path';

export interface UserEnvironment {
  readonly proxyUrl: string;
  readonly rootFile: string;
  /** Becomes the home, so that no file of the machine's own user is read. */
  readonly folder: string;
  readonly key?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function userEnvironment({
  proxyUrl,
  rootFile,
  folder,
  key,
}: UserEnvironment): Record<string, string> {
  return {
    ...homeEnvironment(folder),
    HTTPS_PROXY: proxyUrl,
    AWS_CA_BUNDLE: rootFile,
    AWS_DEFAULT_REGION: 'us-east-1',
    ...(key && { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey }),
  };
}

/** A shell in a home of its own. */
export function homeEnvironment(folder: string): Record<string, string> {
  const home = path.join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const { PATH = '/usr/bin:/bin' } = process.env;
  return {
    PATH,
    HOME: home,
    LANG: 'C.UTF-8',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}
