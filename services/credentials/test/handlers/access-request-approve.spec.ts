import {
  accessRequestApproveRoute,
  cloudCredentialsDeleteRoute,
  environmentLinkRoute,
  policyGroupCreateRoute,
  policyGroupDeleteRoute,
} from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { mintId } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { accessRequestApprove } from '../../src/handlers/access-request-approve.ts';
import { servicesOf } from '../../src/services-of.ts';
import { accessSteps } from '../access-steps.ts';
import { startWorld, type World } from '../start-world.ts';

describe('access-request-approve', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const createGroup = async (token = world.adminToken) =>
    (await world.ask(policyGroupCreateRoute, { token, body: { name: mintId('group'), rules: [] } })).id;

  it('notes credentials, account, policy group and allowed actions, and who decided why', async () => {
    const requested = await steps.request();
    const policyGroupId = await createGroup();
    const chosen = {
      policyGroupId,
      allowedCredentialActions: ['sts:AssumeRole', 'sts:AssumeRole'],
      reason: 'fine',
    };

    const approved = await world.ask(accessRequestApproveRoute, steps.approve(requested, chosen));

    expect(approved).to.deep.include({
      state: 'approved',
      credentialId: requested.credentialId,
      accountId: 'ec2-111111111111',
      policyGroupId,
      allowedCredentialActions: ['sts:AssumeRole'],
      decidedBy: world.administrator.clientId,
      decisionReason: 'fine',
      accessKeyId: null,
    });
    const event = (await steps.eventsAbout(requested.id)).at(-1);
    expect(event).to.deep.include({ subject: 'access-request.approved' });
    expect(event?.details).to.deep.include({ by: world.administrator.clientId, reason: 'fine' });
    const entry = await steps.lastEntryAbout(requested.id);
    expect(entry?.details).to.deep.include({ credentialId: requested.credentialId, policyGroupId });
  });

  it('takes global credentials that are linked to the environment', async () => {
    const requested = await steps.request();
    const credentialId = await steps.storeCredentials({ scope: 'global' });
    const params = { environment: requested.environmentId, credential: credentialId };
    await world.ask(environmentLinkRoute, { token: world.adminToken, params });

    const approved = await world.ask(
      accessRequestApproveRoute,
      steps.approve({ ...requested, credentialId }),
    );

    expect(approved.credentialId).to.equal(credentialId);
  });

  it('refuses credentials that are not linked to the environment, and says how to link them', async () => {
    const requested = await steps.request();
    const credentialId = await steps.storeCredentials();

    const problem = await world.refusal(
      accessRequestApproveRoute,
      steps.approve({ ...requested, credentialId }),
    );

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain(
      `/v1/environments/${requested.environmentId}/credentials/${credentialId}`,
    );
  });

  it('refuses credentials that the cloud no longer accepts', async () => {
    const requested = await steps.request();
    await world.store.read.credentials.setStatus(requested.credentialId, {
      status: 'invalid',
      reason: 'the key was deleted',
      checkedAt: new Date(),
    });

    const problem = await world.refusal(accessRequestApproveRoute, steps.approve(requested));

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain('the key was deleted');
  });

  it('refuses credentials of another cloud', async () => {
    const requested = await steps.request();
    const credentialId = mintId('cred');
    await world.store.read.credentials.create({
      id: credentialId,
      organizationId: world.administrator.organizationId,
      cloud: 'moon',
      accountId: 'moon-1',
      name: null,
      kind: 'access-key',
      identity: null,
      publicPart: null,
      sealed: 'v1.sealed',
      createdAt: new Date(),
    });

    const problem = await world.refusal(
      accessRequestApproveRoute,
      steps.approve({ ...requested, credentialId }),
    );

    expect(problem.code).to.equal('conflict');
    expect(problem.detail).to.contain('moon').and.to.contain('ec2');
  });

  it("knows neither another organization's credentials nor its policy groups, nor it this request", async () => {
    const requested = await steps.request();
    const stranger = await steps.stranger();
    const credentialId = await steps.storeCredentials({ token: stranger.token });
    const policyGroupId = await createGroup(stranger.token);

    for (const asked of [
      steps.approve({ ...requested, credentialId }),
      steps.approve(requested, { policyGroupId }),
      { ...steps.approve(requested), token: stranger.token },
    ]) {
      expect((await world.refusal(accessRequestApproveRoute, asked)).code).to.equal('not-found');
    }
  });

  it('allows by name only what hands out credentials', async () => {
    const requested = await steps.request();
    const allowedCredentialActions = ['sts:AssumeRole', 'sqs:SendMessage'];

    const problem = await world.refusal(
      accessRequestApproveRoute,
      steps.approve(requested, { allowedCredentialActions }),
    );

    expect(problem.code).to.equal('validation-failed');
    expect(problem.errors?.map(({ path }) => path)).to.deep.equal(['body.allowedCredentialActions.1']);
  });

  it('refuses a client without access-requests:manage, the requester too', async () => {
    const requested = await steps.request();

    const problem = await world.refusal(accessRequestApproveRoute, {
      ...steps.approve(requested),
      token: requested.requester.token,
    });

    expect(problem.code).to.equal('forbidden');
  });

  it('lets one of many administrators win', async () => {
    const requested = await steps.request();

    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => world.ask(accessRequestApproveRoute, steps.approve(requested))),
    );

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await steps.eventsAbout(requested.id)).to.have.length(2);
  });

  it('never chooses credentials or a policy group that are deleted at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const requested = await steps.request();
      const policyGroupId = await createGroup();
      const byAdmin = { token: world.adminToken };

      const [approved, groupDeleted, credentialDeleted] = await Promise.allSettled([
        world.ask(accessRequestApproveRoute, steps.approve(requested, { policyGroupId })),
        world.ask(policyGroupDeleteRoute, { ...byAdmin, params: { group: policyGroupId } }),
        world.ask(cloudCredentialsDeleteRoute, {
          ...byAdmin,
          params: { credential: requested.credentialId },
        }),
      ]);

      expect([approved.status, groupDeleted.status]).to.have.members(['fulfilled', 'rejected']);
      expect(credentialDeleted.status).to.equal('rejected');
    }
  });

  it('gives the same answer when an attempt died after it was done', async () => {
    const requested = await steps.request();
    const { handle } = accessRequestApprove({ ...world, servicesOf });
    const { params, body } = steps.approve(requested, { allowedCredentialActions: [] });
    const request = repeatedRequest(world.administrator, { params, body });

    const first = await handle(request(1));
    const second = await handle(request(2));

    expect(second).to.deep.equal(first);
    expect(await steps.eventsAbout(requested.id)).to.have.length(2);
    const other: unknown = await handle(repeatedRequest(world.administrator, { params, body })(2)).catch(
      (err) => err,
    );
    expect(other).to.have.property('code', 'conflict');
  });
});
