import { tokenShowRoute } from '@cloud-gateway/contracts';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { mintToken } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { startWorld, type World } from '../start-world.ts';

describe('token-show', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('shows whose token it is and what it allows', async () => {
    const client = await world.createClient({ permissions: ['audit:read'] });

    const shown = await world.ask(tokenShowRoute, { token: client.token });

    expect(shown).to.deep.include({
      clientId: client.id,
      organizationId: world.administrator.organizationId,
      permissions: ['audit:read'],
    });
    expect(JSON.stringify(shown)).not.to.contain(client.token);
  });

  it('refuses who has no token, or one that was never issued', async () => {
    expect((await world.refusal(tokenShowRoute)).code).to.equal('unauthenticated');
    expect((await world.refusal(tokenShowRoute, { token: mintToken('cgw_t') })).detail).to.contain(
      'not known here',
    );
  });
});
