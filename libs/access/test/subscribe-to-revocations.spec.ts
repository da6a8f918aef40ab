// With a real broker and a real database: what one process revokes, another one refuses.
import {
  type BrokerConnection,
  connectBroker,
  createEventPublisher,
  type EventPublisher,
} from '@cloud-gateway/messaging';
import { administrativeEntry, openStore, type Store } from '@cloud-gateway/store';
import {
  closeBrokerConnections,
  createTestDatabase,
  createTestVirtualHost,
  eventually,
  rememberSecret,
  serverStartTimeoutMs,
  silentLog,
  type TestDatabase,
  type TestVirtualHost,
} from '@cloud-gateway/test-support';
import { hashToken, mintId, mintToken } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { type RevocationSubscription, subscribeToRevocations } from '../src/subscribe-to-revocations.ts';
import { createTokenVerifier, type TokenVerifier } from '../src/token-verifier.ts';

describe('subscribeToRevocations', function () {
  this.timeout(serverStartTimeoutMs);
  let database: TestDatabase;
  let virtualHost: TestVirtualHost;
  let store: Store;
  let connection: BrokerConnection;
  let publisher: EventPublisher;
  let subscription: RevocationSubscription;
  let verifier: TokenVerifier;

  before(async () => {
    database = await createTestDatabase();
    virtualHost = await createTestVirtualHost();
    store = openStore({ databaseUrl: database.url, log: silentLog });
    await store.migrate();
    connection = await connectBroker({ url: virtualHost.url, name: 'test', log: silentLog });
    publisher = await createEventPublisher({ connection, log: silentLog });
    let subscribed = () => false;
    verifier = createTokenVerifier({
      store,
      clock: { nowMs: Date.now },
      log: silentLog,
      // So long that only an event can be the reason of a refusal.
      cacheMs: 3_600_000,
      subscribed: () => subscribed(),
    });
    subscription = await subscribeToRevocations({ connection, verifier, log: silentLog });
    subscribed = () => subscription.connected();
  });

  after(async () => {
    await subscription?.stop();
    await publisher?.stop();
    await connection?.close();
    await store?.close();
    await virtualHost?.remove();
    await database?.drop();
  });

  async function issue() {
    const client = {
      id: mintId('cli'),
      organizationId: 'org_a',
      name: 'a',
      permissions: [],
      createdAt: new Date(),
      secretHash: 'x',
    };
    await store.read.clients.create(client);
    const token = mintToken('cgw_t');
    rememberSecret(token);
    const id = mintId('tok');
    await store.read.tokens.create({
      id,
      hash: hashToken(token),
      clientId: client.id,
      permissions: [],
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    await verifier.verify(`Bearer ${token}`);
    return { id, clientId: client.id, authorization: `Bearer ${token}` };
  }

  const publish = (details: Record<string, unknown>) =>
    publisher.publish([
      administrativeEntry({
        id: mintId('evt'),
        subject: 'token.revoked',
        scope: 'org_a',
        atMs: Date.now(),
        details,
      }),
    ]);

  const eventuallyRefused = (authorization: string) =>
    eventually(() =>
      verifier.verify(authorization).then(
        () => false,
        () => true,
      ),
    );

  it('makes the verifier refuse a token that another process revoked', async () => {
    const { id, authorization } = await issue();
    await store.read.tokens.revoke(id, new Date());
    await verifier.verify(authorization); // Remembered, so not yet refused: only the event makes it so.

    await publish({ tokenIds: [id] });

    await eventuallyRefused(authorization);
  });

  it('makes the verifier refuse the tokens of a client that another process disabled', async () => {
    const { clientId, authorization } = await issue();
    await store.read.clients.disable(clientId, new Date());
    await verifier.verify(authorization);

    await publish({ clientId });

    await eventuallyRefused(authorization);
  });

  it('survives an event that is none, and hears the next one', async () => {
    const { id, authorization } = await issue();
    const event = administrativeEntry({
      id: mintId('evt'),
      subject: 'token.revoked',
      scope: 'org_a',
      atMs: Date.now(),
      details: {},
    });
    await publisher.publish([{ ...event, payload: '{"nonsense":1}' }]);
    await store.read.tokens.revoke(id, new Date());

    await publish({ tokenIds: [id] });

    await eventuallyRefused(authorization);
  });

  it('remembers nothing from before a cut, in which revocations may have passed unheard', async () => {
    const { id, authorization } = await issue();
    await store.read.tokens.revoke(id, new Date());
    await verifier.verify(authorization);

    await closeBrokerConnections(virtualHost.name);
    await eventually(() => !subscription.connected());
    await eventually(() => subscription.connected());

    await eventuallyRefused(authorization);
  });

  it('is no longer connected once it is stopped', async () => {
    const second = await subscribeToRevocations({ connection, verifier, log: silentLog });
    expect(second.connected()).to.equal(true);

    await second.stop();

    expect(second.connected()).to.equal(false);
  });
});
