import { expect } from 'chai';
import { credentialContext, type NewCredential } from '../../src/identity/credential-repository.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the credential repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const createdAt = new Date('2026-01-02T03:04:05.678Z');
  const sample = (id: string, accountId = 'ec2-111'): NewCredential => ({
    id,
    organizationId: 'org_a',
    cloud: 'ec2',
    accountId,
    name: 'production 😀',
    kind: 'access-key',
    identity: 'arn:aws:iam::111:user/robot',
    publicPart: 'AKIAEXAMPLE',
    sealed: 'v1.sealed',
    createdAt,
  });
  const create = (id: string, accountId?: string) =>
    test.store.read.credentials.create(sample(id, accountId));
  const grant = (clientId: string, accountId: string, credentialId: string) =>
    test.store.inTransaction((tx) =>
      tx.grants.put({ clientId, accountId, credentialId, provenAt: createdAt }),
    );

  it('gives back what was created, as valid and just checked', async () => {
    await create('cred_back');

    expect(await test.store.read.credentials.find('cred_back')).to.deep.equal({
      ...sample('cred_back'),
      version: 1,
      status: 'valid',
      statusReason: null,
      checkedAt: createdAt,
    });
  });

  it('binds the sealed text to its row', () => {
    expect(credentialContext('cred_a')).to.equal('cloud-credentials:cred_a');
  });

  it('tells whether a note changed the status', async () => {
    await create('cred_noted');
    const note = (status: 'valid' | 'invalid', reason: string | null = null) =>
      test.store.read.credentials.setStatus('cred_noted', { status, reason, checkedAt: new Date(5_000) });

    expect(await note('valid')).to.equal(false);
    expect(await note('invalid', `expired ${'!'.repeat(2000)}`)).to.equal(true);
    expect(await note('invalid', 'still expired')).to.equal(false);

    const noted = await test.store.read.credentials.find('cred_noted');
    expect(noted?.statusReason).to.equal('still expired');
    expect(noted?.checkedAt).to.deep.equal(new Date(5_000));
    expect(await note('valid')).to.equal(true);
  });

  it('lists what an account was proven with: valid ones first, then the newest', async () => {
    for (const id of ['cred_1', 'cred_2', 'cred_3', 'cred_4']) await create(id, 'ec2-list');
    for (const number of [1, 2, 3]) await grant(`cli_${number}`, 'ec2-list', `cred_${number}`);
    const invalid = { status: 'invalid', reason: 'x', checkedAt: createdAt } as const;
    await test.store.read.credentials.setStatus('cred_3', invalid);

    const listed = await test.store.read.credentials.listGranted('ec2-list');

    expect(listed.map(({ id }) => id)).to.deep.equal(['cred_2', 'cred_1', 'cred_3']);
  });

  it('does not list, but keeps, those of a disabled client', async () => {
    await create('cred_off', 'ec2-off');
    await grant('cli_off', 'ec2-off', 'cred_off');
    await test.store.read.clients.create({
      id: 'cli_off',
      organizationId: 'org_a',
      name: 'off',
      permissions: [],
      createdAt,
      secretHash: 'x',
    });
    await test.store.read.clients.disable('cli_off', createdAt);

    await test.store.read.credentials.deleteUnused('cred_off');

    expect(await test.store.read.credentials.listGranted('ec2-off')).to.deep.equal([]);
    expect(await test.store.read.credentials.find('cred_off')).not.to.equal(undefined);
  });

  it('deletes credentials unless a grant uses them', async () => {
    await create('cred_used', 'ec2-used');
    await create('cred_unused', 'ec2-used');
    await grant('cli_a', 'ec2-used', 'cred_used');

    await test.store.read.credentials.deleteUnused('cred_used');
    await test.store.read.credentials.deleteUnused('cred_unused');

    expect(await test.store.read.credentials.find('cred_used')).not.to.equal(undefined);
    expect(await test.store.read.credentials.find('cred_unused')).to.equal(undefined);
  });

  it('lists what an organization may use: its own and the global ones, of one environment too', async () => {
    const { credentials, environments } = test.store.read;
    await credentials.create({ ...sample('cred_u1'), organizationId: 'org_use' });
    await credentials.create({ ...sample('cred_u2'), organizationId: null });
    await credentials.create({ ...sample('cred_u3'), organizationId: 'org_else' });
    await environments.link('env_use', 'cred_u1', createdAt);
    await environments.link('env_use', 'cred_u3', createdAt);
    const list = async (more: object = {}) =>
      (await credentials.listUsable({ organizationId: 'org_use', limit: 10, ...more })).map(({ id }) => id);

    expect(await list()).to.deep.equal(['cred_u1', 'cred_u2']);
    expect(await list({ afterId: 'cred_u1' })).to.deep.equal(['cred_u2']);
    expect(await list({ environmentId: 'env_use' })).to.deep.equal(['cred_u1']);
  });

  it('puts newer keys in place, valid, and counts the version', async () => {
    const { credentials } = test.store.read;
    await create('cred_new');
    await credentials.setStatus('cred_new', { status: 'invalid', reason: 'old', checkedAt: createdAt });
    const replacement = {
      name: null,
      kind: 'role',
      identity: 'arn:new',
      publicPart: `arn:aws:iam::111111111111:role/${'x'.repeat(500)}`,
      sealed: 'v1.newer',
      checkedAt: new Date(7_000),
    };

    await credentials.replace('cred_new', replacement);

    expect(await credentials.find('cred_new')).to.deep.include({
      ...replacement,
      version: 2,
      status: 'valid',
      statusReason: null,
      createdAt,
    });
  });

  it('notes nothing about keys that were replaced meanwhile', async () => {
    const { credentials } = test.store.read;
    await create('cred_late');
    const { name, kind, identity, publicPart } = sample('cred_late');
    await credentials.replace('cred_late', {
      name,
      kind,
      identity,
      publicPart,
      sealed: 'v1.newer',
      checkedAt: createdAt,
    });

    const note = { status: 'invalid', reason: 'of the old ones', checkedAt: createdAt, version: 1 } as const;

    expect(await credentials.setStatus('cred_late', note)).to.equal(false);
    expect((await credentials.find('cred_late'))?.status).to.equal('valid');
    expect(await credentials.setStatus('cred_late', { ...note, version: 2 })).to.equal(true);
  });

  it('tells which of those in use were asked about too long ago', async () => {
    const { credentials, environments } = test.store.read;
    for (const id of ['cred_d1', 'cred_d2', 'cred_d3']) {
      await credentials.create({ ...sample(id, 'ec2-due'), createdAt: new Date(1_000) });
    }
    await environments.link('env_due', 'cred_d1', createdAt);
    await grant('cli_due', 'ec2-due', 'cred_d2');
    const due = async (checkedBefore: Date, afterId?: string) =>
      (await credentials.listDue({ checkedBefore, afterId, limit: 10 }))
        .map(({ id }) => id)
        .filter((id) => id.startsWith('cred_d'));

    expect(await due(new Date(1_001))).to.deep.equal(['cred_d1', 'cred_d2']);
    expect(await due(new Date(1_001), 'cred_d1')).to.deep.equal(['cred_d2']);
    expect(await due(new Date(1_000))).to.deep.equal([]);
  });
});
