// moto: a second, independent imitation of AWS, so that a mistake shared by our client and our own simulator shows.
// It keeps no ClientToken, checks no signature, and changes states at once.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { eventually } from '@cloud-gateway/test-support';
import { CloudNotHere, type RunningCloud, type TestAccount } from './cloud-under-test.ts';
import { ec2Specs } from './ec2-specs.ts';
import { firstPublishedImage } from './first-published-image.ts';
import { openEc2 } from './open-ec2.ts';

const account: TestAccount = {
  credentials: {
    kind: 'access-key',
    accessKeyId: 'MOTOACCESSKEYTHATOPENSNOTHING',
    secretAccessKey: 'moto-secret-that-opens-nothing',
  },
  cloudAccountId: '123456789012',
};

// Where moto is not as EC2, by the name of the test or of the type and what is done to it.
const gaps: readonly string[] = [];

export async function startMoto(): Promise<RunningCloud> {
  const probe = spawnSync('python3', ['-c', 'import moto.server'], { stdio: 'ignore' });
  if (probe.status !== 0) throw new CloudNotHere('moto is not installed');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const moto = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  try {
    await eventually(async () => (await fetch(`${url}/moto-api/data.json`)).ok, { timeoutMs: 30_000 });
  } catch (error) {
    await end(moto);
    throw error;
  }
  const imageId = await firstPublishedImage(url, account);
  return {
    open: () => ({
      ...openEc2(url, { pageSize: 1_000 }),
      account,
      specs: ec2Specs,
      given: { imageId, instanceType: 't3.micro', datacenter: 'us-east-1a' },
      gaps,
      control: {
        reset: async () => void (await fetch(`${url}/moto-api/reset`, { method: 'POST' })),
      },
    }),
    stop: async () => end(moto),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
