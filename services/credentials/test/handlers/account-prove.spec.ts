import { accountListRoute, accountProveRoute } from '@cloud-gateway/contracts';
import { rememberSecret, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { createMasterKeyWrapper, createVault, keyringFromText } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { accountEventsOf } from '../account-events-of.ts';
import { cloudUsers, credentialsOf, startWorld, type World } from '../start-world.ts';

describe('account-prove', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  const prove = (token: string, user: keyof typeof cloudUsers, name?: string) => ({
    token,
    body: { cloud: 'ec2', name, credentials: credentialsOf(cloudUsers[user]) },
  });
  const credentialIdOf = async (clientId: string, accountId = 'ec2-111111111111') =>
    (await world.store.read.grants.find(clientId, accountId))?.credentialId ?? '';

  it('grants the account that the cloud names', async () => {
    const client = await world.createClient();

    const account = await world.ask(accountProveRoute, prove(client.token, 'anna', 'production'));

    expect(account).to.deep.include({
      id: 'ec2-111111111111',
      cloud: 'ec2',
      cloudAccountId: '111111111111',
      name: 'production',
      credentialsStatus: 'valid',
    });
    expect((await world.ask(accountListRoute, { token: client.token })).items).to.deep.equal([account]);
  });

  it('grants nothing to another client, which has to prove the account itself', async () => {
    const first = await world.createClient();
    const second = await world.createClient();
    await world.ask(accountProveRoute, prove(first.token, 'anna'));

    expect((await world.ask(accountListRoute, { token: second.token })).items).to.deep.equal([]);
    await world.ask(accountProveRoute, prove(second.token, 'anna'));
    expect((await world.ask(accountListRoute, { token: second.token })).items).to.have.length(1);
  });

  it('knows one account by two different keys of it', async () => {
    const first = await world.createClient();
    const second = await world.createClient();

    const [byAnna, byBert] = await Promise.all([
      world.ask(accountProveRoute, prove(first.token, 'anna')),
      world.ask(accountProveRoute, prove(second.token, 'bert')),
    ]);

    expect(byBert.id).to.equal(byAnna.id);
    const accounts = await world.store.read.accounts.listGranted({ limit: 100 });
    expect(accounts.filter(({ cloudAccountId }) => cloudAccountId === '111111111111')).to.have.length(1);
    expect(await credentialIdOf(first.id)).not.to.equal(await credentialIdOf(second.id));
  });

  it('keeps the credentials sealed, for their own row only', async () => {
    const client = await world.createClient();
    await world.ask(accountProveRoute, prove(client.token, 'anna'));
    const vault = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(world.masterKey)) });

    const credential = await world.store.read.credentials.find(await credentialIdOf(client.id));

    if (credential === undefined) throw new Error('no credential');
    expect(JSON.stringify(credential)).not.to.contain(cloudUsers.anna.secretAccessKey);
    expect(credential).to.deep.include({
      organizationId: world.administrator.organizationId,
      publicPart: cloudUsers.anna.accessKeyId,
      identity: 'arn:aws:iam::111111111111:user/anna',
      kind: 'access-key',
    });
    const opened = await vault.open(credential.sealed, `cloud-credentials:${credential.id}`);
    expect(JSON.parse(opened.toString())).to.deep.equal(credentialsOf(cloudUsers.anna));
    const elsewhere: unknown = await vault
      .open(credential.sealed, 'cloud-credentials:cred_other')
      .catch((err: unknown) => err);
    expect(elsewhere).to.be.instanceOf(Error);
  });

  it("replaces this client's credentials when it proves again, and keeps the name", async () => {
    const client = await world.createClient();
    const other = await world.createClient();
    await world.ask(accountProveRoute, prove(other.token, 'anna'));
    await world.ask(accountProveRoute, prove(client.token, 'anna', 'mine'));
    const before = await credentialIdOf(client.id);

    const again = await world.ask(accountProveRoute, prove(client.token, 'bert'));

    expect(again.name).to.equal('mine');
    const after = await world.store.read.credentials.find(await credentialIdOf(client.id));
    expect(after?.publicPart).to.equal(cloudUsers.bert.accessKeyId);
    expect(await world.store.read.credentials.find(before)).to.equal(undefined);
    expect(await world.store.read.credentials.find(await credentialIdOf(other.id))).not.to.equal(undefined);
  });

  it('leaves one set of credentials when one client proves many times at once', async () => {
    const client = await world.createClient();

    await Promise.all(
      Array.from({ length: 8 }, () => world.ask(accountProveRoute, prove(client.token, 'carl'))),
    );

    const kept = await world.store.read.credentials.listGranted('ec2-222222222222');
    expect(kept.map(({ id }) => id)).to.deep.equal([await credentialIdOf(client.id, 'ec2-222222222222')]);
    const proofs = (
      await world.store.read.audit.list({ actorId: client.id, action: 'account.proven', limit: 100 })
    ).map(({ details }) => String(details['credentialId']));
    const left = await Promise.all(proofs.map((id) => world.store.read.credentials.find(id)));
    expect(left.filter((credential) => credential !== undefined)).to.have.length(1);
  });

  it('refuses credentials that the cloud does not accept, with what the cloud said', async () => {
    const client = await world.createClient();
    const secretAccessKey = 'not-the-secret-of-anna-at-all';
    rememberSecret(secretAccessKey);
    const credentials = { ...credentialsOf(cloudUsers.anna), secretAccessKey };
    const body = { cloud: 'ec2', credentials };

    const problem = await world.refusal(accountProveRoute, { token: client.token, body });

    expect(problem.code).to.equal('credentials-rejected');
    expect(problem.cloud?.code).to.equal('SignatureDoesNotMatch');
    expect(problem.detail).not.to.contain(secretAccessKey);
    expect((await world.ask(accountListRoute, { token: client.token })).items).to.deep.equal([]);
  });

  it('does not repeat a secret that does not fit the schema', async () => {
    const client = await world.createClient();
    const secretAccessKey = `too-long-${'x'.repeat(300)}`;
    rememberSecret(secretAccessKey);
    const credentials = { ...credentialsOf(cloudUsers.anna), secretAccessKey };

    const problem = await world.refusal(accountProveRoute, {
      token: client.token,
      body: { cloud: 'ec2', credentials },
    });

    expect(problem.code).to.equal('validation-failed');
    expect(JSON.stringify(problem)).not.to.contain(secretAccessKey);
  });

  it('knows no cloud that is not configured', async () => {
    const client = await world.createClient();
    const body = { cloud: 'moon', credentials: credentialsOf(cloudUsers.anna) };

    const problem = await world.refusal(accountProveRoute, { token: client.token, body });

    expect(problem.code).to.equal('not-found');
    expect(problem.detail).to.contain('moon').and.to.contain('ec2');
  });

  it('refuses a client without accounts:prove', async () => {
    const client = await world.createClient({ permissions: ['resources:read'] });

    const problem = await world.refusal(accountProveRoute, prove(client.token, 'anna'));

    expect(problem.code).to.equal('forbidden');
  });

  it('tells in an event who may work on the account now, to the organization', async () => {
    const client = await world.createClient();
    await world.ask(accountProveRoute, prove(client.token, 'anna'));

    const events = await accountEventsOf(world.store, client.id);

    expect(events).to.have.length(1);
    expect(events[0]).to.deep.include({
      subject: 'account.proven',
      scope: world.administrator.organizationId,
      details: { clientId: client.id, account: 'ec2-111111111111' },
    });
  });

  it('notes who proved what, without the credentials', async () => {
    const client = await world.createClient();
    await world.ask(accountProveRoute, prove(client.token, 'anna'));

    const [entry] = await world.store.read.audit.list({ actorId: client.id, limit: 1 });

    expect(entry).to.deep.include({ action: 'account.proven', subjectId: 'ec2-111111111111' });
    expect(entry?.details).to.deep.equal({
      credentialId: await credentialIdOf(client.id),
      identity: 'arn:aws:iam::111111111111:user/anna',
    });
  });
});
