// Every action in every state, by the table of the contracts.
import {
  type AccessRequestAction,
  accessRequestApproveRoute,
  accessRequestArchiveRoute,
  accessRequestDenyRoute,
  accessRequestRevokeRoute,
  accessRequestSecretRoute,
  accessRequestShowRoute,
  accessRequestStates,
  nextState,
} from '@cloud-gateway/contracts';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { legalActions } from '../src/access-request-body.ts';
import { accessSteps, type Requested } from './access-steps.ts';
import { startWorld, type World } from './start-world.ts';

describe('changeAccessRequest', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const steps = accessSteps(() => world);
  const actions: readonly AccessRequestAction[] = ['approve', 'deny', 'take-secret', 'revoke', 'archive'];

  function asked(action: AccessRequestAction, requested: Requested) {
    const byAdmin = { token: world.adminToken, params: { request: requested.id } };
    switch (action) {
      case 'approve':
        return { route: accessRequestApproveRoute, asked: steps.approve(requested) };
      case 'deny':
        return { route: accessRequestDenyRoute, asked: { ...byAdmin, body: { reason: 'no' } } };
      case 'take-secret':
        return {
          route: accessRequestSecretRoute,
          asked: { ...byAdmin, token: requested.requester.token },
        };
      case 'revoke':
        return { route: accessRequestRevokeRoute, asked: byAdmin };
      case 'archive':
        return { route: accessRequestArchiveRoute, asked: byAdmin };
    }
  }

  for (const state of accessRequestStates) {
    for (const action of actions) {
      const to = nextState(state, action);
      if (to !== undefined) {
        it(`${action} makes ${to} of ${state}`, async () => {
          const requested = await steps.requestIn(state);
          const { route, asked: how } = asked(action, requested);

          const answer: Record<string, unknown> = { ...(await world.ask(route, how)) };

          if (typeof answer['secretAccessKey'] === 'string') rememberSecret(answer['secretAccessKey']);
          expect(answer['state']).to.equal(to);
          expect(answer['legalActions']).to.deep.equal(legalActions({ state: to }));
          const past = { approve: 'approved', deny: 'denied', 'take-secret': 'activated' } as const;
          const subject = `access-request.${action in past ? past[action as keyof typeof past] : to}`;
          const event = (await steps.eventsAbout(requested.id)).at(-1);
          expect(event).to.deep.include({ subject, scope: world.administrator.organizationId });
          const entry = await steps.lastEntryAbout(requested.id);
          expect(entry).to.deep.include({ action: subject });
          expect(entry?.details).to.deep.include({ from: state });
        });
        continue;
      }

      it(`refuses to ${action} what is ${state}, and says what is legal`, async () => {
        const requested = await steps.requestIn(state);
        const before = await world.store.read.accessRequests.find(requested.id);
        const events = await steps.eventsAbout(requested.id);
        const { route, asked: how } = asked(action, requested);

        const problem = await world.refusal(route, how);

        expect(problem.code).to.equal('conflict');
        expect(problem.detail).to.contain(`is ${state}`);
        for (const legal of legalActions({ state })) expect(problem.detail).to.contain(legal);
        expect(await world.store.read.accessRequests.find(requested.id)).to.deep.equal(before);
        expect(await steps.eventsAbout(requested.id)).to.deep.equal(events);
      });
    }
  }

  it('shows every change at once, to the requester and to the administrator', async () => {
    const requested = await steps.requestIn('active');
    const params = { request: requested.id };
    await world.ask(accessRequestArchiveRoute, { token: world.adminToken, params });

    for (const token of [requested.requester.token, world.adminToken]) {
      expect((await world.ask(accessRequestShowRoute, { token, params })).state).to.equal('archived');
    }
  });

  it('lets one of two opposite decisions win', async () => {
    const requested = await steps.request();
    const both = (['approve', 'deny'] as const).map((action) => asked(action, requested));

    const outcomes = await Promise.allSettled(both.map(({ route, asked: how }) => world.ask(route, how)));

    expect(outcomes.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    expect(await steps.eventsAbout(requested.id)).to.have.length(2);
  });
});
