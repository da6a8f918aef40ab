// squid that ends TLS (ssl_bump) and forwards to the cloud. It signs nothing.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '@cloud-gateway/embedded';
import { startDaemon } from '../../children/start-daemon.ts';
import { runTool } from '../../processes/run-tool.ts';
import { databaseHost } from '../calls/hosts.ts';
import type { World } from '../world/world.ts';
import { installedProgram } from './installed-program.ts';
import type { StartPeer } from './peer.ts';

export const startSquid: StartPeer = async (world) => {
  const file = installedProgram('squid');
  const minter =
    installedProgram('security_file_certgen') ?? installedProgram('../lib/squid/security_file_certgen');
  if (!file || !minter) return { skipped: 'squid with TLS is not installed (apt-get install squid-openssl)' };
  const folder = join(world.folder, 'squid');
  await mkdir(folder);
  const port = await findFreePort();
  await prepare(world, folder, minter);
  const configuration = join(folder, 'squid.conf');
  await writeFile(configuration, squidConfiguration(world, { folder, port, minter }));
  if (process.getuid?.() === 0) await giveAway(world, folder);
  const daemon = await startDaemon({
    file,
    args: ['-N', '-d', '1', '-n', service, '-f', configuration],
    core: world.cores.proxy,
    port,
    stopTimeoutMs: 2_000,
  });
  return {
    target: { port, connectPort: 443, authority: world.authority.pem },
    pid: daemon.pid,
    signs: false,
    transfers: ['download'], // It resets most uploads of a gigabyte.
    stop: daemon.stop,
  };
};

async function prepare({ authority, signal }: World, folder: string, minter: string): Promise<void> {
  const pair = await Promise.all([
    readFile(authority.certificateFile, 'utf8'),
    readFile(authority.keyFile, 'utf8'),
  ]);
  await writeFile(join(folder, 'authority.pem'), pair.join(''), { mode: 0o600 });
  await runTool(minter, ['-c', '-s', join(folder, 'minted'), '-M', '4MB'], { signal });
}

/** Started by root, squid insists on being another user. */
async function giveAway({ folder: parent, signal }: World, folder: string): Promise<void> {
  await chmod(parent, 0o711);
  await runTool('chown', ['-R', unprivileged, folder], { signal });
}

const unprivileged = 'nobody';

/** Names its shared memory, which would otherwise be that of any other squid. */
const service = `bench${process.pid}`;

function squidConfiguration(
  { authority, cloudPort }: World,
  { folder, port, minter }: { readonly folder: string; readonly port: number; readonly minter: string },
): string {
  return `http_port 127.0.0.1:${port} ssl-bump tls-cert=${folder}/authority.pem generate-host-certificates=on dynamic_cert_mem_cache_size=4MB
sslcrtd_program ${minter} -s ${folder}/minted -M 4MB
sslcrtd_children 1
ssl_bump bump all
cache_peer 127.0.0.1 parent ${cloudPort} 0 no-query no-digest originserver tls sslcafile=${authority.certificateFile} ssldomain=${databaseHost} name=cloud
never_direct allow all
http_access allow all
cache deny all
cache_effective_user ${unprivileged}
access_log none
cache_log ${folder}/cache.log
coredump_dir ${folder}
pid_filename ${folder}/squid.pid
client_persistent_connections on
server_persistent_connections on
shutdown_lifetime 0 seconds
via off
forwarded_for delete
`;
}
