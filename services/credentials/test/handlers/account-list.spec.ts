import { accountListRoute, accountProveRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { cloudUsers, credentialsOf, startWorld, type World } from '../start-world.ts';

describe('account-list', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('lists what the caller has proven, page by page, with the state of its credentials', async () => {
    const { id, token } = await world.createClient();
    for (const user of [cloudUsers.carl, cloudUsers.anna]) {
      await world.ask(accountProveRoute, { token, body: { cloud: 'ec2', credentials: credentialsOf(user) } });
    }
    const grant = await world.store.read.grants.find(id, 'ec2-222222222222');
    await world.store.read.credentials.setStatus(grant?.credentialId ?? '', {
      status: 'invalid',
      reason: 'the key was deleted',
      checkedAt: new Date(),
    });

    const first = await world.ask(accountListRoute, { token, query: 'limit=1' });
    const second = await world.ask(accountListRoute, { token, query: `limit=1&cursor=${first.nextCursor}` });

    const shown = [...first.items, ...second.items].map((account) => [account.id, account.credentialsStatus]);
    expect(shown).to.deep.equal([
      ['ec2-111111111111', 'valid'],
      ['ec2-222222222222', 'invalid'],
    ]);
    expect(second.nextCursor).to.equal(null);
    expect(JSON.stringify([first, second])).not.to.contain(cloudUsers.anna.accessKeyId);
  });

  it('refuses a client without resources:read', async () => {
    const { token } = await world.createClient({ permissions: ['accounts:prove'] });

    expect((await world.refusal(accountListRoute, { token })).code).to.equal('forbidden');
  });
});
