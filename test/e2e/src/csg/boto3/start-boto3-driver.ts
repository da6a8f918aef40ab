// boto3 in a process of its own, for all calls of a test: starting Python costs a second.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Driver, Failure } from '../driver.ts';
import { originalServices } from '../original-services.ts';
import { userEnvironment } from '../user-environment.ts';

const program = fileURLToPath(new URL('../../../../src/csg/boto3/drive_boto3.py', import.meta.url));

export function startBoto3Driver({
  python,
  ...proxy
}: {
  /** An interpreter that has boto3. */
  readonly python: string;
  readonly proxyUrl: string;
  readonly rootFile: string;
  readonly folder: string;
}): Driver {
  const child = spawn(python, [program], { env: userEnvironment(proxy), stdio: 'pipe' });
  const ask = exchangeLines(child);
  return {
    name: 'boto3',
    services: originalServices.map(({ id }) => id).filter((id) => id !== 'mobile'), // no current boto3 knows it
    async run({ sequence, service, key, name = `revizortest${Date.now()}` }) {
      const { accessKeyId, secretAccessKey } = key;
      const asked = { sequence, service, name, key: { accessKeyId, secretAccessKey } };
      const { failure } = JSON.parse(await ask(JSON.stringify(asked))) as { failure: Failure | null };
      return failure ?? undefined;
    },
    close: () => end(child),
  };
}

/** One line there, one line back, one exchange after the other. */
function exchangeLines(child: ChildProcessWithoutNullStreams): (line: string) => Promise<string> {
  const waiting: { resolve: (line: string) => void; reject: (err: Error) => void }[] = [];
  let complaints = '';
  child.stderr.on('data', (piece: Buffer) => {
    complaints += String(piece);
  });
  child.stdin.on('error', () => undefined); // it has ended: told below
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  const fail = (why: string) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`boto3's process ${why}: ${complaints}`));
  };
  child.once('error', (err) => fail(`could not be started (${err.message})`));
  child.once('close', (status) => fail(`ended with ${status}`));
  return (line) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(`has not answered for ${answerTimeoutMs} ms`), answerTimeoutMs);
      const settled =
        <Value>(settle: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer);
          settle(value);
        };
      waiting.push({ resolve: settled(resolve), reject: settled(reject) });
      child.stdin.write(`${line}\n`);
    });
}

const answerTimeoutMs = 45_000;

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
}
