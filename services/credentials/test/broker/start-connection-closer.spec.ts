// With a real broker and a real database. The client is a user of the broker itself here, so that it gets in again and
// again: what is looked at is who is put out.
import { randomBytes } from 'node:crypto';
import { systemClock as clock } from '@cloud-gateway/clock';
import { tokenRevokeRoute } from '@cloud-gateway/contracts';
import { type BrokerConnection, connectBroker } from '@cloud-gateway/messaging';
import type { Logger } from '@cloud-gateway/runtime';
import {
  eventually,
  rememberSecret,
  serverStartTimeoutMs,
  silentLog,
  testServers,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type BrokerManagement, createBrokerManagement } from '../../src/broker/broker-management.ts';
import { startConnectionCloser } from '../../src/broker/start-connection-closer.ts';
import { startWorld, type TestClient, type World } from '../start-world.ts';

describe('startConnectionCloser', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  let management: BrokerManagement;
  let managementUrl: string;
  const open: BrokerConnection[] = [];
  const users: string[] = [];

  before(async () => {
    ({ managementUrl } = await testServers());
    world = await startWorld({ GATEWAY_AMQP_MANAGEMENT_URL: managementUrl });
    management = createBrokerManagement({ url: managementUrl, virtualHost: world.virtualHost, clock });
  });
  after(async () => {
    await Promise.all(open.map((connection) => connection.close()));
    for (const user of users) await ask('DELETE', `/users/${user}`);
    await world?.close();
  });

  async function ask(method: string, path: string, body?: object): Promise<void> {
    const { origin, username, password } = new URL(managementUrl);
    const headers = { authorization: `Basic ${btoa(`${username}:${password}`)}` };
    const init = { method, headers, signal: AbortSignal.timeout(10_000) };
    const response = await fetch(
      `${origin}/api${path}`,
      body ? { ...init, body: JSON.stringify(body) } : init,
    );
    expect(response.ok, `${method} ${path}`).to.equal(true);
  }

  /** A connection that comes back by itself, and the name of the first one. */
  async function connect(client: TestClient): Promise<string> {
    const password = randomBytes(12).toString('hex');
    rememberSecret(password);
    users.push(client.id);
    await ask('PUT', `/users/${client.id}`, { password, tags: '' });
    const all = { configure: '.*', write: '.*', read: '.*' };
    await ask('PUT', `/permissions/${world.virtualHost}/${client.id}`, all);
    const url = new URL((await testServers()).amqpUrl);
    Object.assign(url, { username: client.id, password, pathname: world.virtualHost });
    open.push(await connectBroker({ url: url.href, name: 'client', log: silentLog }));
    // The broker lists it a moment after it has let it in.
    return eventually(async () => (await management.connectionsOf(client.id))[0]);
  }

  const isOpen = async (client: TestClient, name: string) =>
    (await management.connectionsOf(client.id)).includes(name);

  it("closes a client's connections when its token is revoked, and nobody else's", async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    const [connection, othersConnection] = [await connect(client), await connect(other)];
    for (const { id, token } of [client, other])
      await world.askAsBroker('user', { username: id, password: token });

    await world.ask(tokenRevokeRoute, { token: client.token, params: { token: 'current' } });

    await eventually(async () => !(await isOpen(client, connection)), { timeoutMs: 3_000 });
    // Who comes back (here: with the broker's own password) stays: it is not closed every second.
    const again = await eventually(
      async () => {
        const [name] = await management.connectionsOf(client.id);
        return name !== undefined && (await management.connectedAtMs(name)) !== undefined && name;
      },
      { timeoutMs: 60_000 },
    );
    expect(await isOpen(client, again)).to.equal(true);
    expect(await isOpen(other, othersConnection)).to.equal(true);
  });

  it('closes what was opened with a token that has expired', async () => {
    const client = await world.createClient();
    const connection = await connect(client);
    await eventually(async () => (await management.connectedAtMs(connection)) !== undefined, {
      timeoutMs: 40_000,
    });

    const at = new Date(clock.nowMs());
    await world.store.read.brokerLogins.note({ clientId: client.id, tokenId: 'tok_x', at, expiresAt: at });

    await eventually(async () => !(await isOpen(client, connection)));
  });

  it('is done with a log-in when nobody can come late any more', async () => {
    const client = await world.createClient();
    const [at, expiresAt] = [new Date(clock.nowMs() - 60_000), new Date(clock.nowMs() - 30_000)];
    await world.store.read.brokerLogins.note({ clientId: client.id, tokenId: 'tok_y', at, expiresAt });

    await eventually(async () => {
      const over = await world.store.read.brokerLogins.listOver({ now: new Date(clock.nowMs()), limit: 100 });
      return !over.some(({ clientId }) => clientId === client.id);
    });
  });

  it("closes one client's connections while another's cannot be closed", async () => {
    const [stuck, client] = [await world.createClient(), await world.createClient()];
    const closed: string[] = [];
    const overSince = clock.nowMs() - 5_000;
    const logins = [
      ...[1, 2, 3, 4].map((number) => ({ clientId: `${stuck.id}${number}`, tokenId: 'tok_1' })),
      { clientId: client.id, tokenId: 'tok_1' },
    ].map((login, index) => ({
      ...login,
      firstAt: new Date(overSince),
      lastAt: new Date(overSince),
      reason: 'revoked' as const,
      overSince: new Date(overSince + index),
    }));
    const brokerLogins = { ...world.store.read.brokerLogins, listOver: () => Promise.resolve(logins) };
    const closer = startConnectionCloser({
      store: { read: { brokerLogins } },
      management: {
        ...management,
        connectionsOf: (user) => Promise.resolve([`1 of ${user}`, `2 of ${user}`]),
        close(name) {
          if (name.startsWith(`1 of ${stuck.id}`)) return Promise.reject(new Error('no answer in time'));
          closed.push(name);
          return Promise.resolve();
        },
      },
      clock,
      log: silentLog,
      intervalMs: 1,
    });
    await eventually(() => closed.includes(`1 of ${client.id}`));
    await closer.stop();

    expect(closed, 'the other connections of the same client').to.include(`2 of ${stuck.id}1`);
  });

  it('says once that the management API is away, and tries on', async () => {
    const errors: string[] = [];
    let asked = 0;
    const log: Logger = { ...silentLog, error: (_, fields) => void errors.push(String(fields?.['err'])) };
    const at = new Date(clock.nowMs());
    await world.store.read.brokerLogins.note({ clientId: 'cli_x', tokenId: 'tok_z', at, expiresAt: at });
    const closer = startConnectionCloser({
      store: world.store,
      management: createBrokerManagement({ url: 'http://u:p@127.0.0.1:1', virtualHost: '/', clock }),
      clock: {
        nowMs() {
          asked += 1;
          return clock.nowMs();
        },
      },
      log,
      intervalMs: 1,
    });
    await eventually(() => asked > 3);
    await closer.stop();

    expect(errors).to.have.length(1);
    expect(errors[0]).to.contain('Check GATEWAY_AMQP_MANAGEMENT_URL');
  });
});
