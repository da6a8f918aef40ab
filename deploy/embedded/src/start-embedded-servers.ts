// Starts the private servers of one directory, both at once, and keeps the directory to itself until they have stopped.
import { mkdirSync, realpathSync } from 'node:fs';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';
import { EmbeddedServersError } from './embedded-servers-error.ts';
import { isPortFree } from './free-ports.ts';
import { planPrivateBroker } from './private-broker.ts';
import { planPrivateDatabase } from './private-database.ts';
import { createPrivateServer, type PrivateServer, type ServerPlan } from './private-server.ts';
import { beginStep, type Report, type ServerName } from './progress.ts';
import { type Programs, providePrograms } from './provide-programs.ts';
import { ensureFreePorts, loadServerSettings, type ServerSettings } from './server-settings.ts';
import { stopOrphans } from './stop-orphans.ts';

export type EmbeddedServersOptions = {
  /** Holds everything that the servers write; made when it is missing. One run at a time. */
  directory: string;
  report: Report;
  /** Default true: install missing Debian packages when that needs no password; false: only name the command. */
  installMissing?: boolean;
};

/** URLs hold user and password. `stop` stops in order, gives the directory free, and may be called twice. */
export type PrivateDatabase = { databaseUrl: string; database: PrivateServer; stop(): Promise<void> };
export type PrivateBroker = {
  amqpUrl: string;
  /** The same over TLS; `certificateFile` (PEM) is what a client has to trust. */
  amqpsUrl: string;
  certificateFile: string;
  managementUrl: string;
  /** On this port of the loopback address the broker asks about every user but its own: who may log in, who may do what. */
  authPort: number;
  broker: PrivateServer;
  stop(): Promise<void>;
};
export type EmbeddedServers = PrivateDatabase & PrivateBroker;

/** Starts MariaDB and RabbitMQ over the directory's data. Rejects with an EmbeddedServersError, nothing left running. */
export function startEmbeddedServers(options: EmbeddedServersOptions): Promise<EmbeddedServers> {
  return inDirectory(options, ['mariadb', 'rabbitmq'], async (run) => {
    const [database, broker] = await bothOrNeither(run, startDatabase(run), startBroker(run));
    return { ...database, ...broker };
  });
}

/** Starts only MariaDB: for a gateway that was given a broker. */
export function startPrivateDatabase(options: EmbeddedServersOptions): Promise<PrivateDatabase> {
  return inDirectory(options, ['mariadb'], startDatabase);
}

/** Starts only RabbitMQ: for a gateway that was given a database. */
export function startPrivateBroker(options: EmbeddedServersOptions): Promise<PrivateBroker> {
  return inDirectory(options, ['rabbitmq'], startBroker);
}

type Run = {
  directory: string;
  report: Report;
  programs: Programs;
  settings: ServerSettings;
  /** Everything created so far: what a failure or stop() has to stop. */
  servers: PrivateServer[];
  /** One server has failed: what has not started yet shall not. */
  isCancelled: boolean;
};

async function inDirectory<Started>(
  options: EmbeddedServersOptions,
  wanted: ServerName[],
  start: (run: Run) => Promise<Started>,
): Promise<Started & { stop(): Promise<void> }> {
  const { report } = options;
  const programs = await providePrograms({ wanted, installMissing: options.installMissing ?? true, report });
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const directory = realpathSync(options.directory); // one name for it, whatever link led here
  const lock = lockDirectory(directory);
  const servers: PrivateServer[] = [];
  try {
    await stopOrphans(directory, beginStep(report, 'prepare'));
    const settings = loadServerSettings(directory);
    const started = await start({ directory, report, programs, settings, servers, isCancelled: false });
    return { ...started, stop: () => stopAll(servers, lock) };
  } catch (err) {
    await killAll(servers);
    lock.release();
    throw err;
  }
}

// When one fails the other is not worth an orderly stop; but nothing may start once we have reported the failure.
async function bothOrNeither<A, B>(run: Run, a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  try {
    return await Promise.all([a, b]);
  } catch (err) {
    run.isCancelled = true;
    await killAll(run.servers);
    await Promise.allSettled([a, b]);
    throw err;
  }
}

async function killAll(servers: PrivateServer[]): Promise<void> {
  await Promise.all(servers.map((server) => server.kill()));
}

async function stopAll(servers: PrivateServer[], lock: DirectoryLock): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
  lock.release();
}

async function startDatabase(run: Run): Promise<{ databaseUrl: string; database: PrivateServer }> {
  const programs = installed(run.programs.mariadb);
  const { server: database } = await startOnFreePorts(run, 'mariadb', () =>
    planPrivateDatabase({ ...run, programs, settings: run.settings.mariadb }),
  );
  return { databaseUrl: database.url, database };
}

async function startBroker(run: Run): Promise<Omit<PrivateBroker, 'stop'>> {
  const programs = installed(run.programs.rabbitmq);
  const { server: broker, plan } = await startOnFreePorts(run, 'rabbitmq', () =>
    planPrivateBroker({ ...run, programs, settings: run.settings.rabbitmq }),
  );
  const { amqpsUrl, certificateFile, managementUrl, authPort } = plan;
  return { amqpUrl: broker.url, amqpsUrl, certificateFile, managementUrl, authPort, broker };
}

// Between finding a port free and listening on it somebody else may take it: then once more, with others.
async function startOnFreePorts<Plan extends ServerPlan>(
  run: Run,
  name: ServerName,
  makePlan: () => Plan | Promise<Plan>,
): Promise<{ server: PrivateServer; plan: Plan }> {
  for (let isRetry = false; ; isRetry = true) {
    await ensureFreePorts(run.directory, run.settings, name);
    const plan = await makePlan();
    if (run.isCancelled) throw new EmbeddedServersError('Not started, because the other server has failed');
    const server = createPrivateServer(plan, { report: run.report, setpriv: run.programs.setpriv });
    run.servers.push(server);
    try {
      await server.start();
      return { server, plan };
    } catch (err) {
      const ports = await Promise.all(Object.values(run.settings[name].ports).map(isPortFree));
      if (isRetry || run.isCancelled || ports.every((isFree) => isFree)) throw err;
    }
  }
}

function installed<Found>(programs: Found | undefined): Found {
  if (!programs) throw new EmbeddedServersError('Started without its programs'); // providePrograms has thrown before
  return programs;
}
