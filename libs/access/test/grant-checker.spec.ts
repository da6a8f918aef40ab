import { isGatewayError } from '@cloud-gateway/contracts';
import type { Grant } from '@cloud-gateway/store';
import { expect } from 'chai';
import { createGrantChecker } from '../src/grant-checker.ts';

describe('the grant checker', () => {
  const grant: Grant = {
    clientId: 'cli_a',
    accountId: 'ec2-111',
    credentialId: 'cred_a',
    provenAt: new Date(0),
  };

  function setUp(cacheMs?: number) {
    const state = { granted: true, nowMs: 1_000_000, lookUps: 0 };
    const checker = createGrantChecker({
      store: {
        read: {
          grants: {
            async find(clientId, accountId) {
              state.lookUps += 1;
              const isThis = clientId === grant.clientId && accountId === grant.accountId;
              return state.granted && isThis ? grant : undefined;
            },
          },
        },
      },
      clock: { nowMs: () => state.nowMs },
      ...(cacheMs !== undefined && { cacheMs }),
    });
    const check = (clientId = 'cli_a', accountId = 'ec2-111') => checker.check({ clientId }, accountId);
    const refusal = async (clientId?: string, accountId?: string) => {
      const err: unknown = await check(clientId, accountId).catch((thrown: unknown) => thrown);
      if (!isGatewayError(err)) throw new Error('not refused');
      return err.code;
    };
    return { state, checker, check, refusal };
  }

  it('gives the grant, which names the credentials', async () => {
    expect(await setUp().check()).to.deep.equal(grant);
  });

  it('refuses another client and another account', async () => {
    const { refusal } = setUp();
    expect(await refusal('cli_b', 'ec2-111')).to.equal('account-not-proven');
    expect(await refusal('cli_a', 'ec2-222')).to.equal('account-not-proven');
  });

  it('remembers a grant for a second at the most, whatever it is told', async () => {
    const { state, check, refusal } = setUp(60_000);
    await check();
    state.granted = false;
    state.nowMs += 999;
    await check();
    expect(state.lookUps).to.equal(1);
    state.nowMs += 1;
    expect(await refusal()).to.equal('account-not-proven');
  });

  it('does not remember a refusal', async () => {
    const { state, check, refusal } = setUp();
    state.granted = false;
    await refusal();
    state.granted = true;
    await check();
  });

  it('forgets a grant', async () => {
    const { state, checker, check, refusal } = setUp();
    await check();
    state.granted = false;
    checker.forget('cli_a', 'ec2-222');
    await check();
    checker.forget('cli_a', 'ec2-111');
    expect(await refusal()).to.equal('account-not-proven');
  });
});
