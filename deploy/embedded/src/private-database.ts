// MariaDB for one gateway: loopback TCP only, no socket file, no file of the system's configuration read, and one account
// whose password is set anew at every start, so that servers.json is always right.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedServersError } from './embedded-servers-error.ts';
import { searchPath } from './find-program.ts';
import type { ServerPlan } from './private-server.ts';
import { beginStep, type Report } from './progress.ts';
import type { DatabasePrograms } from './provide-programs.ts';
import { runProgram } from './run-program.ts';
import type { DatabaseSettings } from './server-settings.ts';
import { directoryMark } from './stop-orphans.ts';

const databaseName = 'gateway';
const userName = 'gateway';
const installDeadlineMs = 60_000;

/** Makes the data folder if there is none, and says how the server is run. */
export async function planPrivateDatabase(options: {
  directory: string;
  programs: DatabasePrograms;
  settings: DatabaseSettings;
  report: Report;
}): Promise<ServerPlan> {
  const { directory, programs, settings } = options;
  const folder = join(directory, 'mariadb');
  const env = { PATH: searchPath(), LC_ALL: 'C.UTF-8', ...directoryMark(directory) };
  mkdirSync(temporaryFolder(folder), { recursive: true, mode: 0o700 });
  await prepareData(folder, programs, env, options.report);
  writeFileSync(join(folder, 'accounts.sql'), accountsSql(settings.password), { mode: 0o600 });

  const logPath = join(folder, 'mariadb.log');
  const port = settings.ports.mysql;
  return {
    name: 'mariadb',
    url: `mysql://${userName}:${settings.password}@127.0.0.1:${port}/${databaseName}`,
    port,
    command: { file: programs.server, args: serverArguments(folder, port), env, cwd: folder, logPath },
    // Its own words in its own log: an answer on the port could be a stranger's.
    isReady: async (log) => log.textSinceStart().includes('ready for connections'),
    logPaths: [logPath],
  };
}

function serverArguments(folder: string, port: number): string[] {
  return [
    '--no-defaults', // must be first: else /etc/mysql is read
    ...(isRoot() ? ['--user=root'] : []),
    `--datadir=${join(folder, 'data')}`,
    `--tmpdir=${temporaryFolder(folder)}`,
    `--init-file=${join(folder, 'accounts.sql')}`,
    `--pid-file=${join(folder, 'mariadb.pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--socket=', // none: a deep directory would pass the 107 bytes that a socket path may have
    '--skip-name-resolve',
    '--max-connections=200',
    '--transaction-isolation=READ-COMMITTED',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--performance-schema=OFF',
    '--innodb-buffer-pool-size=128M',
    '--innodb-flush-log-at-trx-commit=1',
  ];
}

// Its own: a server that starts removes all temporary tables that it finds there, those of other servers too.
function temporaryFolder(folder: string): string {
  return join(folder, 'tmp');
}

async function prepareData(
  folder: string,
  programs: DatabasePrograms,
  env: Record<string, string>,
  report: Report,
): Promise<void> {
  const data = join(folder, 'data');
  if (existsSync(data)) return;
  const say = beginStep(report, 'prepare', 'mariadb');
  say('Preparing the data folder of MariaDB');

  // Filled beside its place, then renamed: a folder named `data` is always a complete one.
  const unfinished = join(folder, 'data.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  const { status, output } = await runProgram({
    file: programs.installer,
    args: [
      '--no-defaults',
      `--datadir=${unfinished}`,
      '--auth-root-authentication-method=normal', // not by who asks on a socket; accountsSql removes these users
      '--skip-test-db',
      '--skip-name-resolve',
    ],
    env: {
      ...env,
      TMPDIR: temporaryFolder(folder),
      ...(isRoot() && { MYSQLD_BOOTSTRAP: rootBootstrap(folder, programs.server) }),
    },
    deadlineMs: installDeadlineMs,
  });
  if (status !== 0) {
    const how =
      status === null ? `was not done after ${installDeadlineMs / 1000} s` : `failed with status ${status}`;
    // The reason comes first; a page of general advice follows it.
    const firstLines = output.trim().split('\n').slice(0, 15).join('\n');
    throw new EmbeddedServersError(`${programs.installer} ${how} in ${unfinished}:\n${firstLines}`);
  }
  renameSync(unfinished, data);
  say('The data folder of MariaDB is ready');
}

// MariaDB refuses to run as root unless told `--user=root`. Given to the installer, that option would also change the
// owner of the system's own auth_pam_tool_dir; so it goes to the server behind the installer's back.
function rootBootstrap(folder: string, server: string): string {
  const script = join(folder, 'bootstrap.sh');
  writeFileSync(script, `#!/bin/sh\nexec '${server}' "$@" --user=root\n`, { mode: 0o700 });
  return script;
}

// Executed before the first connection is accepted, one statement per line.
function accountsSql(password: string): string {
  const account = `'${userName}'@'127.0.0.1'`;
  return [
    `CREATE DATABASE IF NOT EXISTS ${databaseName} CHARACTER SET utf8mb4;`,
    `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${password}';`,
    `ALTER USER ${account} IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO ${account} WITH GRANT OPTION;`,
    "DELETE FROM mysql.global_priv WHERE User IN ('', 'root');",
    'FLUSH PRIVILEGES;',
    '',
  ].join('\n');
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
