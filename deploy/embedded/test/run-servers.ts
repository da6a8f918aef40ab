// A process of its own for the tests that need one: as another user, or to be killed. Says in one line what it started.
import { startEmbeddedServers } from '../src/index.ts';

const directory = process.argv[2] ?? '';
const { databaseUrl, managementUrl, database, broker } = await startEmbeddedServers({
  directory,
  report: () => {},
});
console.log(JSON.stringify({ databaseUrl, managementUrl, pids: [database.pid, broker.pid] }));
setInterval(() => {}, 60_000);
