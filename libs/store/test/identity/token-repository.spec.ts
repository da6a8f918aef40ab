import { createHash } from 'node:crypto';
import type { Permission } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the token repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
    await test.store.read.clients.create({
      id: 'cli_a',
      organizationId: 'org_a',
      name: 'a',
      permissions: ['resources:read', 'accounts:prove'],
      createdAt: new Date(),
      secretHash: 'x',
    });
  });
  after(() => test.close());

  const expiresAt = new Date('2030-01-02T03:04:05.678Z');
  const hashOf = (id: string) => createHash('sha256').update(id).digest();
  const create = (id: string, permissions: Permission[] = ['resources:read']) =>
    test.store.read.tokens.create({
      id,
      hash: hashOf(id),
      clientId: 'cli_a',
      permissions,
      createdAt: new Date(),
      expiresAt,
    });

  it('finds a token by its hash and by its id', async () => {
    await create('tok_found');

    const expected = {
      id: 'tok_found',
      clientId: 'cli_a',
      organizationId: 'org_a',
      permissions: ['resources:read'],
      expiresAt,
      revokedAt: null,
      clientDisabledAt: null,
    };
    expect(await test.store.read.tokens.findByHash(hashOf('tok_found'))).to.deep.equal(expected);
    expect(await test.store.read.tokens.find('tok_found')).to.deep.equal(expected);
    expect(await test.store.read.tokens.findByHash(hashOf('tok_other'))).to.equal(undefined);
  });

  it('gives only those permissions that its client still has', async () => {
    await create('tok_wide', ['resources:read', 'clients:manage']);

    expect((await test.store.read.tokens.find('tok_wide'))?.permissions).to.deep.equal(['resources:read']);
  });

  it('revokes once and keeps the time', async () => {
    await create('tok_revoked');

    expect(await test.store.read.tokens.revoke('tok_revoked', new Date(1_000))).to.equal(true);
    expect(await test.store.read.tokens.revoke('tok_revoked', new Date(2_000))).to.equal(false);

    expect((await test.store.read.tokens.find('tok_revoked'))?.revokedAt).to.deep.equal(new Date(1_000));
  });

  it('deletes what expired long ago, a bounded number at a time', async () => {
    for (const number of [1, 2, 3]) await create(`tok_old${number}`);
    await test.execute(`update tokens set expires_at = '2020-01-01' where id like 'tok_old%'`);
    const purge = () =>
      test.store.read.tokens.purge({ expiredBefore: new Date('2021-01-01T00:00:00Z'), limit: 2 });

    expect(await purge()).to.equal(2);
    expect(await purge()).to.equal(1);
    expect(await test.store.read.tokens.find('tok_old3')).to.equal(undefined);
    expect(await test.store.read.tokens.find('tok_found')).not.to.equal(undefined);
  });

  it('revokes what a client still holds, and shows that it is disabled', async () => {
    await create('tok_held');
    const at = new Date('2026-06-01T00:00:00.000Z');

    await test.store.read.tokens.revokeAllOf('cli_a', at);
    await test.store.read.clients.disable('cli_a', at);

    const token = await test.store.read.tokens.find('tok_held');
    expect(token?.revokedAt).to.deep.equal(at);
    expect(token?.clientDisabledAt).to.deep.equal(at);
    expect(await test.store.read.tokens.revokeAllOf('cli_a', at)).to.equal(0);
  });
});
