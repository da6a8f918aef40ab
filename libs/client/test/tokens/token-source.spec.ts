import { expect } from 'chai';
import { renewedTokens } from '../../src/tokens/token-source.ts';

describe('renewedTokens', () => {
  function start({ tokenSeconds = 100 } = {}) {
    const world = { nowMs: 0, logins: 0, failing: false };
    const tokens = renewedTokens({
      tokenSeconds,
      nowMs: () => world.nowMs,
      login: async () => {
        world.logins += 1;
        const token = `token ${world.logins}`;
        await Promise.resolve();
        if (world.failing) throw new Error('no');
        return token;
      },
    });
    return { world, tokens };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('logs in once for all who wait', async () => {
    const { world, tokens } = start();
    expect(await Promise.all([tokens.current(), tokens.current()])).to.deep.equal(['token 1', 'token 1']);
    expect(world.logins).to.equal(1);
  });

  it('renews from four fifths of its life on, and nobody waits for it', async () => {
    const { world, tokens } = start();
    await tokens.current();
    world.nowMs = 79_999;
    await tokens.current();
    expect(world.logins).to.equal(1);
    world.nowMs = 80_000;
    expect(await tokens.current()).to.equal('token 1');
    await settled();
    expect(await tokens.current()).to.equal('token 2');
  });

  it('uses what it has while a renewal fails, and tries again after a pause', async () => {
    const { world, tokens } = start();
    await tokens.current();
    world.failing = true;
    world.nowMs = 80_000;
    await tokens.current();
    await settled();
    expect(await tokens.current()).to.equal('token 1');
    expect(world.logins, 'within the pause').to.equal(2);
    world.failing = false;
    world.nowMs = 85_000;
    await tokens.current();
    await settled();
    expect(await tokens.current()).to.equal('token 3');
  });

  it('does not use a token that is about to end', async () => {
    const { world, tokens } = start();
    await tokens.current();
    world.nowMs = 95_000;
    expect(await tokens.current()).to.equal('token 2');
  });

  it('tells every one who waits of a failure, and begins anew', async () => {
    const { world, tokens } = start();
    world.failing = true;
    const outcomes = await Promise.allSettled([tokens.current(), tokens.current()]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    world.failing = false;
    expect(await tokens.current()).to.equal('token 2');
  });

  it('forgets a token that was refused, but not the one that came after it', async () => {
    const { world, tokens } = start();
    const first = await tokens.current();
    expect(tokens.refused(first)).to.equal(true);
    expect(await tokens.current()).to.equal('token 2');
    tokens.refused(first);
    await tokens.current();
    expect(world.logins).to.equal(2);
  });
});
