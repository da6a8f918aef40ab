import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect } from 'chai';
import { type EmbeddedServers, startEmbeddedServers, startPrivateDatabase } from '../src/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { management, sql } from './ask-servers.ts';

const report = () => {};
const nobody = 65534;
const isRoot = process.getuid?.() === 0;

type OtherProcess = { child: ChildProcess; databaseUrl: string; managementUrl: string; pids: number[] };

describe('startEmbeddedServers', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'embedded-'));
  const directory = join(folder, 'a folder so deep that no socket path would fit '.repeat(2), '.gateway');
  const otherDirectory = join(folder, 'other');
  let servers: EmbeddedServers;
  let other: OtherProcess;

  // As another MariaDB of the machine would have it there: a server that starts removes what is in its temporary folder.
  const strangersTable = join(tmpdir(), `#sql-temptable-stranger-${process.pid}`);

  before('two at once, in two empty folders', async () => {
    writeFileSync(strangersTable, '');
    [servers, other] = await Promise.all([
      startEmbeddedServers({ directory, report }),
      startAsOrdinaryUser(folder, otherDirectory),
    ]);
  });

  after(async () => {
    other?.child.kill('SIGKILL');
    rmSync(strangersTable, { force: true });
    await servers?.stop();
    await waitUntil(() => processesIn(folder).length === 0, { deadlineMs: 15_000 });
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts both servers in an empty folder', async () => {
    expect(await sql(servers.databaseUrl, 'SELECT DATABASE(), @@tx_isolation')).to.equal(
      'gateway\tREAD-COMMITTED',
    );
    expect(await management(servers.managementUrl, 'GET', '/overview')).to.have.property('rabbitmq_version');
  });

  it('leaves the temporary tables of other servers alone', () => {
    expect(existsSync(strangersTable)).to.equal(true);
  });

  it('lets nobody in without the password', async () => {
    const { port } = new URL(servers.databaseUrl);

    const error = await sql(`mysql://root@127.0.0.1:${port}/mysql`, 'SELECT 1').catch(String);

    expect(error).to.contain('Access denied');
    expect(statSync(join(directory, 'servers.json')).mode & 0o777).to.equal(0o600);
  });

  it('speaks AMQP over TLS with a certificate that a client can be given', async () => {
    const { port } = new URL(servers.amqpsUrl);
    const socket = connect({
      port: Number(port),
      host: '127.0.0.1',
      ca: readFileSync(servers.certificateFile),
    });
    await once(socket, 'secureConnect');

    expect(socket.authorized).to.equal(true);
    socket.destroy();
  });

  it('asks on the port that it names who may log in', async () => {
    const asked: string[] = [];
    const listener = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('allow management');
    });
    await new Promise<void>((resolve) => listener.listen(servers.authPort, '127.0.0.1', resolve));
    const { host } = new URL(servers.managementUrl);

    const who = await management(`http://somebody:secret@${host}`, 'GET', '/whoami');

    expect(who).to.deep.include({ name: 'somebody', tags: ['management'] });
    expect(asked).to.include('POST /broker/user');
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
    const refusal = await management(`http://other:secret@${host}`, 'GET', '/whoami').catch(String);
    expect(refusal).to.contain('401');
  });

  it('serves another folder at the same time, as an ordinary user', async () => {
    expect(await sql(other.databaseUrl, 'SELECT @@port')).to.equal(new URL(other.databaseUrl).port);
    expect(await management(other.managementUrl, 'GET', '/overview')).to.have.property('rabbitmq_version');
    if (isRoot) expect(other.pids.map((pid) => statSync(`/proc/${pid}`).uid)).to.eql([nobody, nobody]);
  });

  it('refuses a second start in the same folder, and names the process that has it', async () => {
    const error = await startEmbeddedServers({ directory, report }).catch(String);

    expect(error).to.equal(
      `EmbeddedServersError: Process ${process.pid} already runs private servers in ${directory}`,
    );
  });

  it('ends the servers when their parent is killed', async () => {
    const pids = processesIn(otherDirectory);
    expect(pids).to.include.members(other.pids);

    other.child.kill('SIGKILL');

    expect(await waitUntil(() => processesIn(otherDirectory).length === 0, { deadlineMs: 15_000 })).to.equal(
      true,
    );
  });

  it('tells that a server has ended by itself, and starts it again on the same port', async () => {
    const { database } = servers;
    const exits: string[] = [];
    const forget = database.onUnexpectedExit((error) => exits.push(error.message));

    process.kill(database.pid as number, 'SIGKILL');
    await waitUntil(() => exits.length > 0, { deadlineMs: 5000 });
    forget();
    await database.start();

    expect(exits.join()).to.match(
      /^MariaDB was ended by SIGKILL without being asked to. The end of its log \(.*mariadb.log\)/,
    );
    expect(await sql(servers.databaseUrl, 'SELECT 1')).to.equal('1');
  });

  it('finds its data and keeps its URLs after a crash of both servers and a second start', async () => {
    const urlsOf = ({ databaseUrl, amqpUrl, amqpsUrl, managementUrl, authPort }: EmbeddedServers) => [
      ...[databaseUrl, amqpUrl, amqpsUrl, managementUrl],
      authPort,
    ];
    const firstUrls = urlsOf(servers);
    await sql(servers.databaseUrl, 'CREATE TABLE kept (id INT); INSERT INTO kept VALUES (42)');
    await management(servers.managementUrl, 'PUT', '/queues/%2F/kept', { durable: true });
    await publishPersistent(servers.managementUrl, 'kept', 'hello');
    await waitUntil(() => hasWritten(join(directory, 'rabbitmq/mnesia')), { deadlineMs: 15_000 });

    await Promise.all([servers.database.kill(), servers.broker.kill()]);
    await servers.stop();
    servers = await startEmbeddedServers({ directory, report });

    expect(urlsOf(servers)).to.eql(firstUrls);
    expect(await sql(servers.databaseUrl, 'SELECT id FROM kept')).to.equal('42');
    const take = { count: 1, ackmode: 'ack_requeue_false', encoding: 'auto' };
    const messages = await management(servers.managementUrl, 'POST', '/queues/%2F/kept/get', take);
    expect(messages).to.have.nested.property('[0].payload', 'hello');
  });

  it('leaves no process and no lock when it has stopped', async () => {
    await servers.stop();

    expect(processesIn(directory)).to.eql([]);
    expect(existsSync(join(directory, 'lock'))).to.equal(false);
  });

  it('quotes the log of a server that cannot start, and gives the folder free', async () => {
    const damaged = join(folder, 'damaged');
    const database = await startPrivateDatabase({ directory: damaged, report });
    await database.stop();
    rmSync(join(damaged, 'mariadb/data/mysql'), { recursive: true });

    const error = await startPrivateDatabase({ directory: damaged, report }).catch(String);

    expect(error).to.match(
      /MariaDB did not start: it ended with status \d+\. The end of its log \(.*mariadb.log\):\n/,
    );
    expect(existsSync(join(damaged, 'lock'))).to.equal(false);
  });
});

async function startAsOrdinaryUser(folder: string, directory: string): Promise<OtherProcess> {
  mkdirSync(directory);
  if (isRoot) {
    chownSync(directory, nobody, nobody);
    chownSync(folder, nobody, nobody); // mkdtemp made it for us alone
  }
  const script = new URL('./run-servers.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, directory], {
    ...(isRoot && { uid: nobody, gid: nobody }),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() =>
      Promise.reject(new Error('It has ended; the reason is on standard error')),
    ),
  ]);
  return { child, ...JSON.parse(String(line)) };
}

function processesIn(directory: string): number[] {
  const mark = `CLOUD_GATEWAY_EMBEDDED_DIRECTORY=${directory}`;
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && textOf(`/proc/${pid}/environ`).includes(mark));
}

/** Empty when it is gone, or is a folder. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** The broker answers before what it was told is in its files; a kill in between would take the queue or its message. */
function hasWritten(folder: string): boolean {
  const isIn = (where: RegExp, text: RegExp) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
      (name) => where.test(name) && text.test(textOf(join(folder, name))),
    );
  // A transaction of which the log has no decision is undone at the next start.
  const isQueueKept =
    isIn(/LATEST\.LOG$/, /kept.*committed/s) || isIn(/rabbit_durable_queue\.DC[DL]$/, /kept/);
  return isQueueKept && isIn(/vhosts\/.*\/queues\//, /hello/);
}

async function publishPersistent(managementUrl: string, queue: string, payload: string): Promise<void> {
  await management(managementUrl, 'POST', '/exchanges/%2F/amq.default/publish', {
    routing_key: queue,
    payload,
    payload_encoding: 'string',
    properties: { delivery_mode: 2 },
  });
}
