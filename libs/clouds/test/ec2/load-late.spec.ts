import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);

// What a process has loaded, only a process of its own can tell. `require` has the SDK's files in its cache.
const program = `
  const { createRequire } = await import('node:module');
  const { createEc2Cloud } = await import(process.argv[1]);
  const sdkFiles = () => Object.keys(createRequire(process.argv[1]).cache).filter((file) => /@aws-sdk.client-/.test(file));
  const cloud = createEc2Cloud({
    id: 'ec2', regions: ['us-east-1'], endpoint: 'http://127.0.0.1:1',
    publishedImageOwners: [], publishedSnapshotOwners: [],
    clock: { nowMs: () => 0 }, log: { debug() {}, info() {} },
    skewGuard: { needsProbe: () => false, assertInSync: () => ({ ok: true }), timeOf: () => ({}), observe() {} },
    timeouts: { connectMs: 5000, callMs: 5000 },
  });
  const credentials = { kind: 'access-key', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'none' };
  const place = { region: 'us-east-1', cloudAccountId: '1', purpose: 'request' };
  const told = [];
  const tell = () => told.push(sdkFiles().map((file) => /client-[a-z0-9]+/.exec(file)[0]).sort());
  cloud.capabilities();
  await cloud.signingCredentials(credentials, AbortSignal.timeout(5000));
  const session = cloud.open(credentials, place);
  tell();
  await cloud.identify(credentials, AbortSignal.timeout(5000)).catch(() => {});
  tell();
  await session.look('volume', ['vol-1'], AbortSignal.timeout(5000)).catch(() => {});
  tell();
  cloud.close();
  console.log(JSON.stringify(told));
`;

describe('the SDK', () => {
  it('is loaded with the first call that needs it, and each service of it by itself', async () => {
    const index = new URL('../../src/index.js', import.meta.url).href;
    const args = ['--input-type=module', '--eval', program, index];

    const { stdout } = await run(process.execPath, args, { timeout: 25_000 });

    expect(JSON.parse(stdout)).to.deep.equal([[], ['client-sts'], ['client-ec2', 'client-sts']]);
  });
});
