// A migrated database of its own behind a forwarder, so that a test can take it away as a broken network does.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { openStore, type Store } from '@cloud-gateway/store';
import { createTestDatabase, silentLog } from '@cloud-gateway/test-support';

export interface CuttableDatabase {
  /** Of the forwarder. */
  readonly url: string;
  /** Past the forwarder. */
  readonly directUrl: string;
  /** Through the forwarder. */
  readonly store: Store;
  /** Past the forwarder: for what the test itself does and looks at. */
  readonly direct: Store;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Takes connections and bytes, and passes nothing on. */
  freeze(): void;
  /** Lets commits through, and breaks the connection in place of the answer: nobody can tell whether they happened. */
  hideCommits(): void;
  /** Lets everything through again. */
  mend(): void;
  /** Another store through the forwarder, for another process. */
  openAnother(): Store;
  close(): Promise<void>;
}

export async function openCuttableDatabase(): Promise<CuttableDatabase> {
  const database = await createTestDatabase();
  const url = new URL(database.url);
  const direct = openStore({ databaseUrl: database.url, log: silentLog, poolMax: 3 });
  await direct.migrate();
  const forwarder = await startForwarder(url.hostname, Number(url.port));
  const through = new URL(database.url);
  through.hostname = '127.0.0.1';
  through.port = String(forwarder.port);
  const stores: Store[] = [];
  const openAnother = () => {
    const opened = openStore({
      databaseUrl: through.href,
      log: silentLog,
      poolMax: 5,
      acquireTimeoutMs: 2000,
      statementTimeoutMs: 2000,
    });
    stores.push(opened);
    return opened;
  };
  return {
    url: through.href,
    directUrl: database.url,
    store: openAnother(),
    direct,
    cut: forwarder.cut,
    freeze: forwarder.freeze,
    hideCommits: forwarder.hideCommits,
    mend: forwarder.mend,
    openAnother,
    async close() {
      forwarder.mend();
      for (const store of stores) await store.close();
      await direct.close();
      await forwarder.close();
      await database.drop();
    },
  };
}

type Mode = 'open' | 'cut' | 'frozen' | 'hiding-commits';

async function startForwarder(host: string, port: number) {
  const sockets = new Set<Socket>();
  let mode: Mode = 'open';
  const server: Server = createServer({ pauseOnConnect: true }, (client) => {
    if (mode === 'cut') return void client.destroy();
    const upstream = connect({ host, port, noDelay: true });
    let isCommitting = false;
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('data', (bytes: Buffer) => {
        if (mode === 'frozen') return;
        if (one === upstream && isCommitting) return void client.destroy();
        // Behind a packet's header of four bytes and one that says that a statement follows.
        if (one === client && mode === 'hiding-commits')
          isCommitting = /^.{5}commit/is.test(bytes.toString('latin1'));
        other.write(bytes);
      });
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    client.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      mode = 'cut';
      breakAll();
    },
    freeze() {
      mode = 'frozen';
    },
    hideCommits() {
      mode = 'hiding-commits';
    },
    mend() {
      // What was swallowed while it was frozen is gone: such a connection can never be right again.
      if (mode === 'frozen') breakAll();
      mode = 'open';
    },
    async close() {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
