// mitmproxy with an addon that verifies and signs anew: what one would build without this gateway.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '@cloud-gateway/embedded';
import { startDaemon } from '../../../children/start-daemon.ts';
import { runTool } from '../../../processes/run-tool.ts';
import { installedProgram } from '../installed-program.ts';
import type { StartPeer } from '../peer.ts';
import { mitmproxyAddon } from './mitmproxy-addon.ts';

export const startMitmproxy: StartPeer = async (world) => {
  const { authority, cores, signal } = world;
  const file = installedProgram('mitmdump');
  if (!file) return { skipped: 'mitmproxy is not installed (apt-get install mitmproxy python3-botocore)' };
  if (!(await hasBotocore(file, signal))) {
    return {
      skipped: 'the Python of mitmproxy has no botocore to sign with (apt-get install python3-botocore)',
    };
  }
  const folder = join(world.folder, 'mitmproxy');
  await mkdir(folder);
  const port = await findFreePort();
  const addon = join(folder, 'addon.py');
  await writeFile(addon, mitmproxyAddon);
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settingsOf(world)), { mode: 0o600 });
  const pair = await Promise.all([
    readFile(authority.keyFile, 'utf8'),
    readFile(authority.certificateFile, 'utf8'),
  ]);
  await writeFile(join(folder, 'mitmproxy-ca.pem'), pair.join(''), { mode: 0o600 });
  const settings = [
    `confdir=${folder}`,
    `ssl_verify_upstream_trusted_ca=${authority.certificateFile}`,
    'connection_strategy=lazy',
    'http2=false',
    'flow_detail=0',
    'termlog_verbosity=error',
  ];
  const daemon = await startDaemon({
    file,
    args: [
      ...['--listen-host', '127.0.0.1', '--listen-port', String(port), '-q', '-s', addon],
      ...settings.flatMap((setting) => ['--set', setting]),
    ],
    env: { HOME: folder, BENCH_SETTINGS: join(folder, 'settings.json') },
    core: cores.proxy,
    port,
    stopTimeoutMs: 2_000,
  });
  return {
    target: { port, connectPort: 443, authority: authority.pem },
    pid: daemon.pid,
    signs: true,
    transfers: ['download', 'upload-declared', 'upload-unsigned'],
    stop: daemon.stop,
  };
};

function settingsOf({ cloudPort, issuedKey, cloudKey }: Parameters<StartPeer>[0]): object {
  return { cloudPort, issued: issuedKey, cloud: cloudKey };
}

/** Asks the Python that the program names in its first line. */
async function hasBotocore(file: string, signal: AbortSignal): Promise<boolean> {
  const python = /^#!\s*(\S+)\s*$/m.exec((await readFile(file, 'latin1')).slice(0, 200))?.[1] ?? 'python3';
  return runTool(python, ['-c', 'import botocore.auth'], { signal }).then(
    () => true,
    () => false,
  );
}
