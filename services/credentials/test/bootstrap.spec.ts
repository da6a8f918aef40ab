import { Writable } from 'node:stream';
import { systemClock } from '@cloud-gateway/clock';
import { allPermissions } from '@cloud-gateway/contracts';
import { createLogger } from '@cloud-gateway/runtime';
import { openStore, type Store } from '@cloud-gateway/store';
import { createTestDatabase, serverStartTimeoutMs, type TestDatabase } from '@cloud-gateway/test-support';
import { verifySecret } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { bootstrapAdministrator } from '../src/bootstrap.ts';

describe('bootstrapAdministrator', function () {
  this.timeout(serverStartTimeoutMs);
  let database: TestDatabase;
  let store: Store;
  before(async () => {
    database = await createTestDatabase();
    const log = createLogger({
      service: 'test',
      destination: new Writable({ write: (_c, _e, done) => done() }),
    });
    store = openStore({ databaseUrl: database.url, log });
    await store.migrate();
  });
  after(async () => {
    await store?.close();
    await database?.drop();
  });

  it('makes one administrator, though several processes start at once, and then none ever', async () => {
    const made = await Promise.all(
      Array.from({ length: 5 }, () => bootstrapAdministrator({ store, clock: systemClock })),
    );

    const [administrator, ...others] = made.filter((one) => one !== undefined);
    if (administrator === undefined) throw new Error('no administrator');
    expect(others).to.deep.equal([]);
    const client = await store.read.clients.find(administrator.clientId);
    expect(client).to.deep.include({ name: 'administrator', organizationId: administrator.organizationId });
    expect(client?.permissions).to.have.members([...allPermissions]);
    const hash = await store.read.clients.findSecretHash(administrator.clientId);
    expect(await verifySecret(administrator.clientSecret, hash)).to.equal(true);
    expect((await store.read.organizations.find(administrator.organizationId))?.name).to.equal('default');
    const entries = await store.read.audit.list({ limit: 10 });
    expect(entries.map(({ action, subjectId }) => [action, subjectId])).to.deep.equal([
      ['client.created', administrator.clientId],
    ]);
    expect(JSON.stringify(entries)).not.to.contain(administrator.clientSecret);

    expect(await bootstrapAdministrator({ store, clock: systemClock })).to.equal(undefined);
  });
});
