// The servers' programs: found, or installed when that is allowed, or a message with the command to run.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedServersError } from './embedded-servers-error.ts';
import { type FindProgram, findProgram, isExecutable } from './find-program.ts';
import { installPackages, type PackageInstaller, packageInstaller } from './install-packages.ts';
import { beginStep, type Report, type ServerName, titleOf } from './progress.ts';

export type DatabasePrograms = { server: string; installer: string };
export type BrokerPrograms = { server: string; epmd: string };
export type Programs = {
  mariadb: DatabasePrograms | undefined;
  rabbitmq: BrokerPrograms | undefined;
  setpriv: string | undefined;
};

export type ProgramSources = {
  find: FindProgram;
  findBrokerScript: (find: FindProgram) => string | undefined;
  /** How this user may install packages here, or undefined. */
  installer: (find: FindProgram) => Promise<PackageInstaller | undefined>;
  install: typeof installPackages;
};

const packages: Record<ServerName, string> = { mariadb: 'mariadb-server', rabbitmq: 'rabbitmq-server' };

/** Returns where the wanted servers' programs are; those of an unwanted server may be undefined. */
export async function providePrograms(
  options: { wanted: ServerName[]; installMissing: boolean; report: Report },
  sources: ProgramSources = {
    find: findProgram,
    findBrokerScript,
    installer: packageInstaller,
    install: installPackages,
  },
): Promise<Programs> {
  const found = lookForPrograms(sources);
  const missing = options.wanted.filter((server) => !found[server]);
  if (missing.length === 0) return found;

  const missingPackages = missing.map((server) => packages[server]);
  const installer = options.installMissing ? await sources.installer(sources.find) : undefined;
  if (!installer) throw notInstalled(missing, missingPackages);
  await sources.install(missingPackages, installer, beginStep(options.report, 'install'));

  const installed = lookForPrograms(sources);
  const stillMissing = missing.filter((server) => !installed[server]);
  if (stillMissing.length > 0) throw notInstalled(stillMissing, missingPackages);
  return installed;
}

function lookForPrograms({ find, findBrokerScript }: ProgramSources): Programs {
  const server = find('mariadbd');
  const installer = find('mariadb-install-db');
  const brokerScript = findBrokerScript(find);
  const epmd = find('epmd');
  return {
    mariadb: server && installer ? { server, installer } : undefined,
    rabbitmq: brokerScript && epmd && find('erl') ? { server: brokerScript, epmd } : undefined,
    setpriv: find('setpriv'),
  };
}

// Not Debian's /usr/sbin/rabbitmq-server: that one changes user and folder, and would start the system's node.
function findBrokerScript(find: FindProgram): string | undefined {
  const packageFolder = '/usr/lib/rabbitmq/lib';
  const releases = existsSync(packageFolder) ? readdirSync(packageFolder) : [];
  const scripts = releases
    .filter((name) => name.startsWith('rabbitmq_server-'))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => join(packageFolder, name, 'sbin/rabbitmq-server'));
  const onPath = find('rabbitmq-server');
  if (onPath) scripts.push(realpathSync(onPath));
  return scripts.find((script) => isExecutable(script) && existsSync(join(dirname(script), 'rabbitmq-env')));
}

function notInstalled(servers: ServerName[], packageNames: string[]): EmbeddedServersError {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  return new EmbeddedServersError(
    `${servers.map(titleOf).join(' and ')} ${servers.length > 1 ? 'are' : 'is'} not installed. On Debian or Ubuntu run:\n` +
      `  ${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packageNames.join(' ')}`,
  );
}
