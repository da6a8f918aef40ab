import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the repository of logins at the broker', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute));
  async function addClient(id: string): Promise<void> {
    const organizationId = 'org_1';
    await test.store.read.clients.create({
      id,
      organizationId,
      name: id,
      permissions: [],
      secretHash: 'x',
      createdAt: at(0),
    });
  }
  async function addToken(id: string, clientId: string): Promise<void> {
    const hash = Buffer.alloc(32, id);
    const token = { id, hash, clientId, permissions: [], createdAt: at(0), expiresAt: at(30) };
    await test.store.read.tokens.create(token);
  }
  const over = (now: Date) => test.store.read.brokerLogins.listOver({ now, limit: 10 });

  it('lists those that are over and not ended yet, with the reason', async () => {
    const { brokerLogins, tokens, clients } = test.store.read;
    for (const id of ['cli_a', 'cli_b']) await addClient(id);
    for (const id of ['tok_revoked', 'tok_good']) await addToken(id, 'cli_a');
    const expiresAt = at(30);
    await brokerLogins.note({ clientId: 'cli_a', tokenId: 'tok_revoked', at: at(2), expiresAt });
    await brokerLogins.note({ clientId: 'cli_a', tokenId: 'tok_revoked', at: at(4), expiresAt });
    await brokerLogins.note({ clientId: 'cli_a', tokenId: 'tok_revoked', at: at(3), expiresAt });
    await brokerLogins.note({ clientId: 'cli_a', tokenId: 'tok_good', at: at(1), expiresAt });
    await brokerLogins.note({ clientId: 'cli_b', tokenId: null, at: at(1), expiresAt: null });
    expect(await over(at(5))).to.deep.equal([]);

    await tokens.revoke('tok_revoked', at(6));
    await clients.disable('cli_b', at(7));
    const revoked = {
      clientId: 'cli_a',
      tokenId: 'tok_revoked',
      firstAt: at(2),
      lastAt: at(4),
      reason: 'revoked',
      overSince: at(6),
    };
    const disabled = {
      clientId: 'cli_b',
      tokenId: null,
      firstAt: at(1),
      lastAt: at(1),
      reason: 'disabled',
      overSince: at(7),
    };
    expect(await over(at(8))).to.deep.equal([revoked, disabled]);

    expect(await brokerLogins.end({ ...revoked, lastAt: at(3) })).to.equal(false);
    expect(await brokerLogins.end(revoked)).to.equal(true);
    expect(await brokerLogins.end(disabled)).to.equal(true);
    expect(await over(at(8))).to.deep.equal([]);
    expect(await over(at(31))).to.deep.equal([
      {
        ...revoked,
        tokenId: 'tok_good',
        firstAt: at(1),
        lastAt: at(1),
        reason: 'expired',
        overSince: at(30),
      },
    ]);
  });

  it('lists what was revoked before the many that have expired, when not all fit', async () => {
    const { brokerLogins, clients } = test.store.read;
    await addClient('cli_d');
    for (const tokenId of ['tok_1', 'tok_2'])
      await brokerLogins.note({ clientId: 'cli_e', tokenId, at: at(1), expiresAt: at(2) });
    await brokerLogins.note({ clientId: 'cli_d', tokenId: 'tok_3', at: at(1), expiresAt: at(30) });
    await clients.disable('cli_d', at(3));

    const first = await brokerLogins.listOver({ now: at(4), limit: 1 });
    expect(first.map(({ clientId, reason }) => [clientId, reason])).to.deep.equal([['cli_d', 'disabled']]);
    for (const tokenId of ['tok_1', 'tok_2'])
      await brokerLogins.end({ clientId: 'cli_e', tokenId, lastAt: at(1) });
    await brokerLogins.end({ clientId: 'cli_d', tokenId: 'tok_3', lastAt: at(1) });
  });

  it('purges what nobody ends a month after its token', async () => {
    const { brokerLogins } = test.store.read;
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    const login = (tokenId: string, expiresAt: Date | null) =>
      brokerLogins.note({ clientId: 'cli_f', tokenId, at: daysAgo(40), expiresAt });
    await login('tok_old', daysAgo(31));
    await login('tok_young', daysAgo(29));
    await login('tok_for_ever', null);

    expect(await brokerLogins.purge({ olderThanMs: 50 * 86_400_000, limit: 100 })).to.equal(1);
    const left = (await brokerLogins.listOver({ now: new Date(), limit: 100 })).map(({ tokenId }) => tokenId);
    expect(left).to.include('tok_young').and.not.include('tok_old');
    await brokerLogins.end({ clientId: 'cli_f', tokenId: 'tok_young', lastAt: daysAgo(40) });
  });

  it('begins anew after it was ended, and is purged when it is ended and old', async () => {
    const { brokerLogins } = test.store.read;
    const login = { clientId: 'cli_c', tokenId: 'tok_c', expiresAt: at(10) };
    await brokerLogins.note({ ...login, at: at(1) });
    await brokerLogins.end({ ...login, lastAt: at(1) });
    await brokerLogins.note({ ...login, at: at(9) });

    const open = (await over(at(11))).filter(({ clientId }) => clientId === 'cli_c');
    expect(open.map(({ firstAt, lastAt }) => [firstAt, lastAt])).to.deep.equal([[at(9), at(9)]]);

    const purge = () => brokerLogins.purge({ olderThanMs: Date.now() - at(10).getTime(), limit: 100 });
    await purge();
    expect((await over(at(11))).filter(({ clientId }) => clientId === 'cli_c')).to.have.length(1);
    await brokerLogins.end({ ...login, lastAt: at(9) });
    expect(await purge()).to.be.greaterThan(0);
  });
});
