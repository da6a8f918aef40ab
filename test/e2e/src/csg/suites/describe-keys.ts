// The way to a key, seen by the developer and by the administrator.
import {
  type AccessRequestState,
  accessRequestApproveRoute,
  accessRequestArchiveRoute,
  accessRequestDenyRoute,
  accessRequestRevokeRoute,
  accessRequestSecretRoute,
  accessRequestShowRoute,
  cloudCredentialsDeleteRoute,
  policyGroupCreateRoute,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { type Acceptance, type WishName, wishes } from '../acceptance.ts';
import { expectState } from '../expect-state.ts';
import { approveAccess, issueKey, requestAccess, takeKey } from '../issue-key.ts';
import { nameRules } from '../name-rules.ts';
import { tilesOf } from '../original-services.ts';

export function describeKeys(acceptance: () => Acceptance): void {
  describe('the way to a key', () => {
    for (const name of ['first', 'second'] as const) {
      it(`pending, approved, active, in both views: the ${name} request`, () => walkToKey(name));
    }

    it('both are active at the same time, with different keys', async () => {
      const [first, second] = [acceptance().key('first'), acceptance().key('second')];
      expect(first.accessKeyId).to.match(/^[A-Z0-9]{20}$/);
      expect(first.accessKeyId).to.not.match(/^A[KS]IA/);
      expect(first.accessKeyId).to.not.equal(second.accessKeyId);
      await expectNow(first.requestId, 'active');
    });

    it('denied', async () => {
      const request = await requestAccess(acceptance().world, ['Lambda']);
      await expectNow(request, 'pending');
      const asked = { params: { request }, body: { reason: 'not needed' } };
      await acceptance().world.administrator.call(accessRequestDenyRoute, asked);
      await expectNow(request, 'denied');
    });

    it('shows the secret once, and the other details ever after', async () => {
      const { world, key } = acceptance();
      const { requestId, accessKeyId, secretAccessKey } = key('first');
      const params = { request: requestId };
      const again = await world.developer.refusal(accessRequestSecretRoute, { params });
      expect(again).to.include({ status: 409, code: 'conflict' });

      const shown = await world.developer.call(accessRequestShowRoute, { params });
      expect(shown.details).to.include({
        accessKeyId,
        proxyUrl: world.gateway.proxyUrl,
        cloudAccountId: world.cloudUser.accountId,
      });
      expect(JSON.stringify(shown)).to.not.include(secretAccessKey);
    });

    it('refuses what is not legal, and says what is', async () => {
      const { world, key } = acceptance();
      const params = { request: key('first').requestId };
      const body = { credentialId: world.credentialId };
      const approval = await world.administrator.refusal(accessRequestApproveRoute, { params, body });
      expect(approval.status).to.equal(409);
      for (const word of ['active', 'revoke', 'archive']) expect(approval.detail).to.include(word);
      const late = { params, body: { reason: 'too late' } };
      expect((await world.administrator.refusal(accessRequestDenyRoute, late)).status).to.equal(409);
    });

    it('lets nobody decide who may only request', async () => {
      const { administrator, developer, credentialId } = acceptance().world;
      const request = await requestAccess(acceptance().world, ['Sns']);
      const approval = { params: { request }, body: { credentialId } };
      expect((await developer.refusal(accessRequestApproveRoute, approval)).status).to.equal(403);
      const ending = { params: { request }, body: {} };
      expect((await developer.refusal(accessRequestRevokeRoute, ending)).status).to.equal(403);
      await administrator.call(accessRequestArchiveRoute, ending);
      await expectNow(request, 'archived');
    });

    it('keeps credentials that are in use', async () => {
      const { administrator, credentialId } = acceptance().world;
      const params = { credential: credentialId };
      expect((await administrator.refusal(cloudCredentialsDeleteRoute, { params })).status).to.equal(409);
    });

    it('under a policy group', async () => {
      const { world, keys } = acceptance();
      const { id: policyGroupId } = await world.administrator.call(policyGroupCreateRoute, {
        body: { name: 'names', rules: nameRules },
      });
      const key = await issueKey(world, { services: tilesOf(wishes.governed), policyGroupId });
      keys.set('governed', key);
      await expectNow(key.requestId, 'active');
    });
  });

  async function walkToKey(name: WishName): Promise<void> {
    const { world, keys } = acceptance();
    const requestId = await requestAccess(world, tilesOf(wishes[name]));
    await expectNow(requestId, 'pending');
    await approveAccess(world, requestId);
    await expectNow(requestId, 'approved');
    keys.set(name, await takeKey(world, requestId));
    await expectNow(requestId, 'active');
  }

  function expectNow(requestId: string, state: AccessRequestState): Promise<void> {
    return expectState(acceptance().world, requestId, state);
  }
}
