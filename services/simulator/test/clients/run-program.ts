// Runs a client program beside the simulator, which lives in this process: so never synchronously.
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { one, region } from '../use-simulator.ts';

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** With the credentials of account one, and nothing of the machine's own AWS configuration. */
export function runProgram(
  command: string,
  args: readonly string[],
  url: string,
  env: Record<string, string> = {},
): Promise<Outcome> {
  const { PATH, HOME } = process.env as { PATH?: string; HOME?: string }; // the two that a program needs to be found
  const environment = {
    PATH,
    HOME,
    AWS_CONFIG_FILE: `${tmpdir()}/none`,
    AWS_SHARED_CREDENTIALS_FILE: `${tmpdir()}/none`,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: one.accessKeyId,
    AWS_SECRET_ACCESS_KEY: one.secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: url,
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
    ...env,
  };
  return new Promise((resolve) => {
    execFile(command, [...args], { env: environment, timeout: 90_000 }, (err, stdout, stderr) => {
      const exitCode = err === null ? 0 : typeof err.code === 'number' ? err.code : -1;
      resolve({ exitCode, stdout, stderr });
    });
  });
}

export async function isInstalled(command: string, args: readonly string[]): Promise<boolean> {
  return (await runProgram(command, args, 'http://127.0.0.1:9')).exitCode === 0;
}
