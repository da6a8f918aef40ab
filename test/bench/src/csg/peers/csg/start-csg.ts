// Our own proxy as it is delivered, each process as one of its own: verification, policies, signing, usage records and
// access log on. Its database is one of its own too, on the core of the load.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort, startPrivateDatabase } from '@cloud-gateway/embedded';
import { taskset } from '../../../children/pinned.ts';
import { profileArguments } from '../../../children/start-child.ts';
import { type Daemon, startDaemon } from '../../../children/start-daemon.ts';
import { runTool } from '../../../processes/run-tool.ts';
import { transferKinds } from '../../calls/transfer.ts';
import type { World } from '../../world/world.ts';
import type { StartPeer } from '../peer.ts';
import { seedAccess } from './seed-access.ts';

export const startCsg: StartPeer = async (world) => {
  const { authority, cores, signal, say } = world;
  const folder = join(world.folder, 'csg');
  await mkdir(folder);
  const database = await startPrivateDatabase({
    directory: join(folder, 'servers'),
    report: ({ message }) => say(message),
  });
  const stops: (() => Promise<void>)[] = [database.stop];
  const stop = async () => {
    for (const each of stops.toReversed()) await each();
  };
  try {
    const databasePid = database.database.pid;
    if (cores.load !== undefined && databasePid !== undefined)
      await runTool(taskset, ['-a', '-c', '-p', String(cores.load), String(databasePid)], { signal });
    const masterKey = await seedAccess(database.databaseUrl, world);
    const startOne = async (name: string) => {
      const started = await startProcess(world, {
        folder,
        name,
        databaseUrl: database.databaseUrl,
        masterKey,
      });
      stops.push(started.daemon.stop);
      return started;
    };
    const first = await startOne('csg');
    const second = await startOne('csg-second');
    const targetOf = ({ port }: { port: number }) => ({ port, connectPort: 443, authority: authority.pem });
    return {
      target: targetOf(first),
      second: targetOf(second),
      pid: first.daemon.pid,
      databasePid,
      signs: true,
      transfers: transferKinds,
      stop,
    };
  } catch (err) {
    await stop();
    throw err;
  }
};

interface CsgProcess {
  readonly folder: string;
  readonly name: string;
  readonly databaseUrl: string;
  readonly masterKey: string;
}

async function startProcess(
  { authority, cores, cloudPort, profileDirectory }: World,
  { folder, name, databaseUrl, masterKey }: CsgProcess,
): Promise<{ daemon: Daemon; port: number }> {
  const port = await findFreePort();
  const main = fileURLToPath(new URL('main.js', import.meta.resolve('@cloud-gateway/csg')));
  const daemon = await startDaemon({
    file: process.execPath,
    args: [...(profileDirectory ? profileArguments(profileDirectory, name) : []), main],
    env: {
      GATEWAY_DATABASE_URL: databaseUrl,
      GATEWAY_MASTER_KEY: masterKey,
      GATEWAY_LOG_LEVEL: 'warn',
      GATEWAY_CSG_PORT: String(port),
      GATEWAY_CSG_PUBLIC_URL: `http://127.0.0.1:${port}`,
      GATEWAY_CSG_ROOT_CERT_FILE: authority.certificateFile,
      GATEWAY_CSG_ROOT_KEY_FILE: authority.keyFile,
      GATEWAY_CSG_SPOOL_FOLDER: join(folder, `${name}-spool`),
      GATEWAY_CSG_ACCESS_LOG: join(folder, `${name}.log`),
      GATEWAY_CSG_UPSTREAM_ENDPOINTS: `*=https://127.0.0.1:${cloudPort}`,
      GATEWAY_UPSTREAM_CA_FILE: authority.certificateFile,
    },
    core: cores.proxy,
    port,
    stopTimeoutMs: 25_000,
  });
  return { daemon, port };
}
