import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { administrativeEntry } from '../src/events/administrative-entry.ts';
import { openStore } from '../src/open-store.ts';
import { applyChanges } from '../src/resources/apply-changes.ts';
import { addAccount } from './add-account.ts';
import { instanceBody } from './instance-body.ts';
import { openTestStore, type TestStore } from './open-test-store.ts';

describe('openStore', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore({ poolMax: 4, acquireTimeoutMs: 1000, statementTimeoutMs: 500 });
    await addAccount(test.store, 'ec2-1');
    await addAccount(test.store, 'ec2-2');
  });
  after(() => test.close());

  it('runs a transaction again that was pushed aside by a deadlock', async () => {
    let runs = 0;
    const meet = createMeeting(2);
    const cross = (first: string, second: string) =>
      test.store.inTransaction(async (tx) => {
        runs += 1;
        await tx.sequences.lock(first);
        await meet();
        const { sequence } = await tx.sequences.lock(second);
        await tx.sequences.set(second, sequence + 1);
      });

    await Promise.all([cross('ec2-1', 'ec2-2'), cross('ec2-2', 'ec2-1')]);

    expect(runs).to.equal(3);
    expect(await test.store.read.sequences.current('ec2-1')).to.equal(1);
    expect(await test.store.read.sequences.current('ec2-2')).to.equal(1);
  });

  it('does not run a transaction again that failed by itself', async () => {
    let runs = 0;

    const failed = await test.store
      .inTransaction(async () => {
        runs += 1;
        throw new Error('ours');
      })
      .catch((err: Error) => err.message);

    expect([failed, runs]).to.deep.equal(['ours', 1]);
  });

  it('lets nobody wait for a transaction whose process does not go on with it', async () => {
    const options = { databaseUrl: test.databaseUrl, log: silentLog, idleTransactionSeconds: 1 };
    const [paused, waiting] = [openStore(options), openStore(options)];
    let locked: () => void = () => undefined;
    const isLocked = new Promise<void>((resolve) => {
      locked = resolve;
    });
    let wake: () => void = () => undefined;
    const isAwake = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const abandoned = paused
      .inTransaction(async (tx) => {
        const { sequence } = await tx.sequences.lock('ec2-2');
        locked();
        await isAwake;
        await tx.sequences.set('ec2-2', sequence + 1000);
      })
      .catch((err: { code?: string }) => err.code);
    try {
      await isLocked;
      // Well before a wait for the lock would be given up.
      const { sequence } = await waiting.inTransaction((tx) => tx.sequences.lock('ec2-2'));
      wake();
      expect(await abandoned).to.equal('unavailable');
      expect(await waiting.read.sequences.current('ec2-2')).to.equal(sequence);
    } finally {
      wake();
      await Promise.all([paused.close(), waiting.close()]);
    }
  });

  it('replaces a connection that the server has closed', async () => {
    await test.store.ping();
    await test.killConnections();

    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        test.store.ping().then(
          () => 'ok',
          (err) => err.code,
        ),
      ),
    );

    expect(outcomes.filter((outcome) => outcome !== 'ok' && outcome !== 'unavailable')).to.deep.equal([]);
    await test.store.ping();
  });

  it('ends a transaction whose connection is lost as unavailable, with nothing written', async () => {
    const scope = { cloud: 'ec2', account: 'ec2-1', region: 'r' };

    const failed = await test.store
      .inTransaction(async (tx) => {
        const observation = {
          scope,
          observed: [instanceBody('i-lost')],
          cause: { kind: 'poll', id: 'x' },
          startedAtMs: 1,
        } as const;
        await applyChanges(tx, observation);
        await test.killConnections();
        await tx.sequences.set('ec2-1', 1000);
      })
      .catch((err) => err);

    expect(failed).to.have.property('code', 'unavailable');
    expect(await test.store.read.resources.find({ ...scope, type: 'instance', id: 'i-lost' })).to.equal(null);
  });

  it('gives up a statement that takes too long, and goes on with other connections', async () => {
    const blocked = await test.store.inTransaction(async (tx) => {
      await tx.sequences.lock('ec2-2');
      const startedAt = Date.now();
      const other = test.store.inTransaction((tx2) => tx2.sequences.lock('ec2-2'));
      const err = await other.catch((failure) => failure);
      return { code: err.code, tookMs: Date.now() - startedAt };
    });

    expect(blocked.code).to.equal('unavailable');
    expect(blocked.tookMs).to.be.within(400, 5000);
    await test.store.ping();
  });

  it('gives up a database that takes connections and then falls silent', async () => {
    const silent = await startSilencer(test.databaseUrl);
    const store = openStore({ databaseUrl: silent.url, log: silentLog, statementTimeoutMs: 100 });
    try {
      await store.ping();
      silent.fallSilent();
      const refused = await store.ping().catch((err) => err);
      const inTransaction = await store.inTransaction(async () => 1).catch((err) => err);

      expect(refused).to.have.property('code', 'unavailable');
      expect(inTransaction).to.have.property('code', 'unavailable');
    } finally {
      await silent.stop();
      await store.close();
    }
  });

  it('says unavailable when every connection is in use for too long', async () => {
    const release = createMeeting(5);
    const holders = Array.from({ length: 4 }, () => test.store.inTransaction(() => release()));

    const refused = await test.store.ping().catch((err) => err);

    expect(refused).to.have.property('code', 'unavailable');
    await release();
    await Promise.all(holders);
  });

  it('shows no value of a statement in an error', async () => {
    const entry = {
      id: 'once',
      subject: 'token.revoked',
      scope: 'gateway',
      atMs: 0,
      details: { clientId: 'secret-word' },
    } as const;
    await test.store.read.outbox.append([administrativeEntry(entry)]);

    const refused = await test.store.read.outbox.append([administrativeEntry(entry)]).catch((err) => err);

    expect(refused).to.have.property('code', 'ER_DUP_ENTRY');
    expect(inspect(refused, { depth: 5 })).not.to.contain('secret-word');
  });

  it('runs a statement that stands for itself again when a transaction has pushed it aside', async () => {
    const meet = createMeeting(2);
    const transaction = test.store.inTransaction(async (tx) => {
      await tx.sequences.lock('ec2-1');
      await meet();
    });
    const single = test.store.read.sequences.set('ec2-1', 7);
    await meet();
    await Promise.all([transaction, single]);

    expect(await test.store.read.sequences.current('ec2-1')).to.equal(7);
  });

  it('opens without a database, and says unavailable until there is one', async () => {
    const store = openStore({ databaseUrl: 'mysql://nobody:secret-word@127.0.0.1:1/none', log: silentLog });

    const refused = await store.ping().catch((err) => err);
    const inTransaction = await store.inTransaction(async () => 1).catch((err) => err);

    expect(refused).to.include({ code: 'unavailable', detail: 'ECONNREFUSED' });
    expect(inTransaction).to.have.property('code', 'unavailable');
    expect(JSON.stringify(refused) + refused.message).not.to.contain('secret-word');
    await store.close();
  });

  it('keeps times to the millisecond in UTC, and big numbers as numbers', async () => {
    await test.store.inTransaction((tx) => tx.sequences.set('ec2-2', 2 ** 53 - 1));

    const { sequence, nowMs } = await test.store.inTransaction((tx) => tx.sequences.lock('ec2-2'));

    expect(sequence).to.equal(2 ** 53 - 1);
    expect(nowMs).to.be.closeTo(Date.now(), 2000);
  });
});

/** A way to the database that stops carrying anything when it is told to. */
async function startSilencer(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [client, database]) {
      sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    }
    client.on('data', (bytes) => isSilent || database.write(bytes));
    database.on('data', (bytes) => isSilent || client.write(bytes));
    client.on('close', () => database.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    fallSilent() {
      isSilent = true;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Resolves for everybody once `count` have come; at once for those who come later. */
function createMeeting(count: number): () => Promise<void> {
  let open: () => void = () => undefined;
  let waiting = 0;
  const everybody = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    waiting += 1;
    if (waiting === count) open();
    return everybody;
  };
}
