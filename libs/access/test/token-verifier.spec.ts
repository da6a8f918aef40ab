import { isGatewayError } from '@cloud-gateway/contracts';
import type { Token } from '@cloud-gateway/store';
import { silentLog } from '@cloud-gateway/test-support';
import { hashToken, mintToken } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { createTokenVerifier } from '../src/token-verifier.ts';

describe('the token verifier', () => {
  const text = mintToken('cgw_t');
  const good: Token = {
    id: 'tok_a',
    clientId: 'cli_a',
    organizationId: 'org_a',
    permissions: ['resources:read'],
    expiresAt: new Date(2_000_000),
    revokedAt: null,
    clientDisabledAt: null,
  };

  function setUp({ cacheMs = 5000 } = {}) {
    const state = {
      token: good as Token | undefined,
      nowMs: 1_000_000,
      subscribed: true,
      lookUps: 0,
    };
    const verifier = createTokenVerifier({
      store: {
        read: {
          tokens: {
            async findByHash(hash) {
              state.lookUps += 1;
              return hash.equals(hashToken(text)) ? state.token : undefined;
            },
          },
        },
      },
      clock: { nowMs: () => state.nowMs },
      log: silentLog,
      cacheMs,
      subscribed: () => state.subscribed,
    });
    const verify = () => verifier.verify(`Bearer ${text}`);
    const refusal = async (authorization = `Bearer ${text}`) => {
      const err: unknown = await verifier.verify(authorization).catch((thrown: unknown) => thrown);
      if (!isGatewayError(err)) throw new Error('not refused');
      expect(err.code).to.equal('unauthenticated');
      return err.message;
    };
    return { state, verifier, verify, refusal };
  }

  it('gives the caller of a good token', async () => {
    const { verify } = setUp();

    expect(await verify()).to.deep.equal({
      clientId: 'cli_a',
      organizationId: 'org_a',
      tokenId: 'tok_a',
      permissions: new Set(['resources:read']),
    });
  });

  it('refuses with the reason, and with what to do', async () => {
    const { state, refusal } = setUp({ cacheMs: 0 });
    expect(await refusal(`Bearer ${mintToken('cgw_t')}`)).to.contain('not known here');
    state.token = { ...good, revokedAt: new Date(5_000) };
    expect(await refusal())
      .to.contain('revoked at 1970-01-01T00:00:05.000Z')
      .and.to.contain('POST /v1/tokens');
    state.token = { ...good, clientDisabledAt: new Date(5_000) };
    expect(await refusal()).to.contain('disabled');
    state.token = { ...good, expiresAt: new Date(1_000_000) };
    expect(await refusal()).to.contain('expired at');
  });

  it('does not ask the database about what cannot be a token', async () => {
    const { state, refusal } = setUp();
    await refusal('Bearer cgw_tnonsense');
    expect(state.lookUps).to.equal(0);
  });

  it('asks the database once in five seconds while it hears of revocations', async () => {
    const { state, verify } = setUp();
    await verify();
    state.nowMs += 4_999;
    await verify();
    expect(state.lookUps).to.equal(1);
    state.nowMs += 1;
    await verify();
    expect(state.lookUps).to.equal(2);
  });

  it('asks the database every time while it does not hear of revocations', async () => {
    const { state, verify, refusal } = setUp();
    await verify();
    state.subscribed = false;
    state.token = { ...good, revokedAt: new Date(5_000) };

    await refusal();
  });

  it('refuses a remembered token as soon as it expires', async () => {
    const { state, verify, refusal } = setUp({ cacheMs: 3_600_000 });
    await verify();
    state.nowMs = 2_000_000;

    expect(await refusal()).to.contain('expired');
    expect(state.lookUps).to.equal(1);
  });

  it('forgets a token, or all of a client', async () => {
    const { state, verifier, verify, refusal } = setUp();
    await verify();
    verifier.forget('tok_other');
    verifier.forgetClient('cli_other');
    await verify();
    expect(state.lookUps).to.equal(1);

    verifier.forget('tok_a');
    await verify();
    expect(state.lookUps).to.equal(2);

    state.token = { ...good, clientDisabledAt: new Date(5_000) };
    verifier.forgetClient('cli_a');
    await refusal();
  });

  it('passes on that the database is away', async () => {
    const verifier = createTokenVerifier({
      store: { read: { tokens: { findByHash: () => Promise.reject(new Error('away')) } } },
      clock: { nowMs: () => 0 },
      log: silentLog,
      subscribed: () => true,
    });

    const failure: unknown = await verifier.verify(`Bearer ${text}`).catch((err: unknown) => err);

    expect(String(failure)).to.contain('away');
  });
});
