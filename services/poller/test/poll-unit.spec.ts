import { GatewayError, type ResourceBody } from '@cloud-gateway/contracts';
import { applyChanges, type LeasedUnit, StaleEpochError } from '@cloud-gateway/store';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { noChanges } from '../src/change-counts.ts';
import { type PollOutcome, type PollSettings, pollUnit, stopping } from '../src/poll-unit.ts';
import { reconcileUnits } from '../src/reconcile-units.ts';
import {
  createFakeCloud,
  type FakeCloud,
  imagesGroup,
  instancesGroup,
  publishedGroup,
} from './fake-cloud.ts';
import { instanceBodies, instanceBody } from './instance-body.ts';
import { createPollerFixture, newAccountNumber, type PollerFixture } from './poller-fixture.ts';

describe('pollUnit', function () {
  this.timeout(serverStartTimeoutMs);
  const region = 'us-east-1';
  let fixture: PollerFixture;
  let cloud: FakeCloud;
  let account: string;
  let number: string;
  before(async () => {
    fixture = await createPollerFixture();
  });
  after(() => fixture.close());
  beforeEach(async () => {
    await fixture.reset();
    cloud = createFakeCloud();
    number = newAccountNumber();
    account = await fixture.prove({ number, accessKeyId: 'KEYOFACCOUNTONE1' });
    await reconcile();
  });

  const reconcile = () =>
    reconcileUnits({ store: fixture.store, clouds: [cloud], clock: fixture.pollDeps.clock });
  const shows = (...pages: ResourceBody[][]) => cloud.listings.set(region, pages);
  async function lease(): Promise<LeasedUnit> {
    const { pollUnits } = fixture.store.read;
    await pollUnits.wake({ accountId: account });
    const options = { owner: 'test', leaseMs: 10_000, limit: 100, clouds: ['ec2'] };
    const units = await fixture.store.inTransaction((tx) => tx.pollUnits.leaseDue(options));
    const unit = units.find(({ accountId }) => accountId === account);
    for (const other of units) if (other !== unit) await pollUnits.release(other);
    if (unit === undefined) throw new Error('no unit is due');
    return unit;
  }
  async function poll(
    settings: Partial<PollSettings> = {},
    signal = new AbortController().signal,
    onWritten: () => void = () => undefined,
  ): Promise<PollOutcome> {
    const deps = { ...fixture.pollDeps, onWritten, settings: { ...fixture.pollDeps.settings, ...settings } };
    return pollUnit(deps, cloud, await lease(), signal);
  }
  async function present(): Promise<string> {
    const query = { cloud: 'ec2', account, type: 'instance', limit: 1000 } as const;
    const { items } = await fixture.store.read.resources.list(query);
    return items.map(({ cloudId, state }) => `${cloudId} ${state}`).join(', ');
  }
  const changes = async () => (await fixture.events()).map(({ change, cloudId }) => `${change} ${cloudId}`);
  const status = async () => {
    const found = await fixture.store.read.pollUnits.find({
      cloud: 'ec2',
      accountId: account,
      region,
      group: 'instances',
    });
    if (found === null) throw new Error('there is no unit');
    return found;
  };
  const countsOf = (outcome: PollOutcome) => {
    if (outcome.kind !== 'complete') throw new Error(`the poll ended as ${outcome.kind}`);
    return outcome.counts;
  };

  it('discovers what is there, over all pages', async () => {
    shows([instanceBody('i-1'), instanceBody('i-2')], [], [instanceBody('i-3', { state: 'stopped' })]);

    const outcome = await poll();

    expect(countsOf(outcome)).to.include({ discovered: 3 });
    expect(await present()).to.equal('i-1 running, i-2 running, i-3 stopped');
    expect(await changes()).to.have.members(['discovered i-1', 'discovered i-2', 'discovered i-3']);
    expect(await status()).to.include({ state: 'ok', lastChanges: 3, quietPolls: 0 });
  });

  it('says that something was written when something was, and only then', async () => {
    let told = 0;
    const pollAndCount = async () => {
      told = 0;
      await poll({}, undefined, () => {
        told += 1;
      });
      return told;
    };
    shows([instanceBody('i-1')]);
    expect(await pollAndCount()).to.equal(1);
    expect(await pollAndCount()).to.equal(0);
    shows([]);
    expect(await pollAndCount()).to.equal(0);
    expect(await pollAndCount()).to.equal(1);
  });

  it('writes nothing when nothing has changed, and remembers that it looked', async () => {
    shows([instanceBody('i-1')]);
    await poll();
    const before = await fixture.store.read.resources.find({
      cloud: 'ec2',
      account,
      type: 'instance',
      id: 'i-1',
    });

    const outcome = await poll();

    expect(countsOf(outcome)).to.deep.equal(noChanges);
    const after = await fixture.store.read.resources.find({
      cloud: 'ec2',
      account,
      type: 'instance',
      id: 'i-1',
    });
    expect(after?.updatedAt).to.equal(before?.updatedAt);
    expect(Date.parse(after?.observedAt ?? '')).to.be.greaterThan(Date.parse(before?.observedAt ?? ''));
    expect(await status()).to.include({ lastChanges: 0, quietPolls: 1 });
  });

  it('tells changes, removals and returns', async () => {
    shows([instanceBody('i-1'), instanceBody('i-2')]);
    await poll();
    shows([instanceBody('i-1', { state: 'stopped' })]);
    await poll();
    await poll();
    shows([instanceBody('i-1', { state: 'stopped', name: 'new' }), instanceBody('i-2')]);
    await poll();

    expect((await changes()).slice(2)).to.deep.equal([
      'state i-1',
      'deleted i-2',
      'updated i-1',
      'discovered i-2',
    ]);
    expect(await present()).to.equal('i-1 stopped, i-2 running');
  });

  it('removes what two complete listings in a row lack, not what one lacks', async () => {
    shows([instanceBody('i-1'), instanceBody('i-2')]);
    await poll();
    shows([instanceBody('i-1')]);
    const first = await poll();
    const afterOne = await present();
    const { intervalMs } = await status();
    shows([instanceBody('i-1'), instanceBody('i-2')]);
    await poll();
    shows([instanceBody('i-1')]);
    await poll();
    const afterMark = await present();
    const last = await poll();

    expect(first).to.include({ kind: 'complete', missed: 1 });
    expect(intervalMs, 'it looks again soon').to.equal(instancesGroup.intervalMs.floor);
    expect(afterOne).to.equal('i-1 running, i-2 running');
    expect(afterMark, 'being seen in between counts').to.equal('i-1 running, i-2 running');
    expect(countsOf(last)).to.include({ deleted: 1 });
    expect(await present()).to.equal('i-1 running');
    expect((await changes()).slice(2)).to.deep.equal(['deleted i-2']);
  });

  it('removes at once what was on its way out', async () => {
    shows([instanceBody('i-1', { state: 'terminated' })]);
    await poll();
    shows([]);

    expect(countsOf(await poll())).to.include({ deleted: 1 });
  });

  it('removes nothing while a datacenter could not be listed, and says whose rows are stale', async () => {
    shows([
      instanceBody('i-1', { datacenter: 'us-east-1a' }),
      instanceBody('i-2', { datacenter: 'us-east-1b' }),
    ]);
    await poll();
    shows([instanceBody('i-2', { datacenter: 'us-east-1b', state: 'stopped' })]);
    cloud.missingZones.set(region, ['us-east-1a']);
    await poll();
    await poll();
    const during = await status();
    const query = { cloud: 'ec2', account, type: 'instance', limit: 10 } as const;
    const { items } = await fixture.store.read.resources.list(query);
    cloud.missingZones.clear();
    await poll();

    expect(during).to.deep.include({ state: 'partial', staleZones: ['us-east-1a'] });
    expect(items.map(({ cloudId, state, stale }) => [cloudId, state, stale])).to.deep.equal([
      ['i-1', 'running', true],
      ['i-2', 'stopped', false],
    ]);
    expect(await status()).to.deep.include({ state: 'ok', staleZones: [] });
  });

  it('tells once that a listing grows old, and once that it is current again', async () => {
    cloud.beforePage = () => Promise.reject(new GatewayError('cloud-forbidden', { message: 'denied' }));
    await poll();
    await poll();
    const denied = await status();
    cloud.beforePage = async () => undefined;
    await poll();
    await poll();

    expect(denied).to.include({ state: 'denied', lastErrorCode: 'cloud-forbidden' });
    expect((await fixture.events()).map(({ change }) => change)).to.deep.equal(['stale', 'current']);
  });

  it('never removes after a listing that broke off, but keeps what it saw', async () => {
    shows([instanceBody('i-1')], [instanceBody('i-2')]);
    await poll();
    shows([instanceBody('i-3'), instanceBody('i-1', { state: 'stopped' })], [], []);
    cloud.beforePage = async ({ index }) => {
      if (index === 2) throw new GatewayError('cloud-failed', { message: 'the third page failed' });
    };

    const outcome = await poll();

    expect(outcome.kind).to.equal('failed');
    expect(await present()).to.equal('i-1 stopped, i-2 running, i-3 running');
    expect(await status()).to.include({
      state: 'failing',
      lastErrorCode: 'cloud-failed',
      consecutiveFailures: 1,
    });
    const shown = await fixture.store.read.resources.find({
      cloud: 'ec2',
      account,
      type: 'instance',
      id: 'i-2',
    });
    expect(shown).to.include({ stale: true, deletedAt: null });
  });

  it('waits longer after each failure, and is well again after one complete listing', async () => {
    cloud.beforePage = () => Promise.reject(new GatewayError('cloud-throttled', { message: 'slow down' }));
    await poll();
    await poll();
    const failing = await status();
    cloud.beforePage = async () => undefined;
    await poll();

    expect(failing).to.include({ state: 'failing', consecutiveFailures: 2 });
    expect(await status()).to.include({ state: 'ok', consecutiveFailures: 0, lastErrorCode: null });
  });

  it('holds a mass removal until one more complete listing says the same', async () => {
    shows(instanceBodies(40));
    await poll();
    shows(instanceBodies(20));
    await poll();

    const first = await poll();
    const heldRows = (await present()).split(', ').length;
    cloud.beforePage = () => Promise.reject(new GatewayError('cloud-failed', { message: 'in between' }));
    await poll();
    cloud.beforePage = async () => undefined;
    const second = await poll();

    expect(first).to.deep.include({ kind: 'complete', held: 20 });
    expect(heldRows).to.equal(40);
    expect(countsOf(second)).to.include({ deleted: 20 });
    expect((await present()).split(', ')).to.have.length(20);
  });

  it('removes nothing of what was held when it is back', async () => {
    shows(instanceBodies(40));
    await poll();
    shows([]);
    await poll();
    await poll();
    shows(instanceBodies(40));

    const outcome = await poll();

    expect(countsOf(outcome)).to.deep.equal(noChanges);
    expect((await status()).heldRemovals).to.equal(0);
    expect((await fixture.events()).filter(({ change }) => change === 'deleted')).to.have.length(0);
  });

  describe('when a listing comes without any tags', () => {
    const tagged = (fields: Partial<ResourceBody> = {}) =>
      instanceBodies(20).map((body) => ({ ...body, tags: { owner: 'me' }, ...fields }));
    const tagCounts = async () => {
      const query = { cloud: 'ec2', account, type: 'instance', limit: 1000 } as const;
      const { items } = await fixture.store.read.resources.list(query);
      return items.filter(({ tags }) => Object.keys(tags).length > 0).length;
    };

    it('keeps the tags until a second complete listing says the same', async () => {
      shows(tagged());
      await poll();
      shows(instanceBodies(20), [instanceBody('i-new')]);
      const first = await poll();
      const whileHeld = await tagCounts();
      const second = await poll();

      expect(first).to.deep.include({ kind: 'complete', held: 20 });
      expect(countsOf(first)).to.include({ discovered: 1, updated: 0 });
      expect(whileHeld).to.equal(20);
      expect(countsOf(second)).to.include({ updated: 20 });
      expect(await tagCounts()).to.equal(0);
    });

    it('loses nothing when the next one has them again', async () => {
      shows(tagged());
      await poll();
      shows(instanceBodies(20));
      await poll();
      shows(tagged());
      const outcome = await poll();

      expect(countsOf(outcome)).to.deep.equal(noChanges);
      expect((await status()).heldTagLosses).to.equal(0);
    });

    it('believes it where another item still has tags, on whichever page', async () => {
      shows(tagged(), [instanceBody('i-last', { tags: { a: 'b' } })]);
      await poll();
      shows(instanceBodies(20), [instanceBody('i-last', { tags: { a: 'b' } })]);

      expect(countsOf(await poll())).to.include({ updated: 20 });
    });

    it('believes it of a few', async () => {
      shows(tagged().slice(0, 10));
      await poll();
      shows(instanceBodies(10));

      expect(countsOf(await poll())).to.include({ updated: 10 });
    });
  });

  it('neither overwrites nor removes what a request has seen since the listing began', async () => {
    shows([instanceBody('i-1')], []);
    await poll();
    const scope = { cloud: 'ec2', account, region };
    shows([instanceBody('i-1')], []);
    cloud.beforePage = async ({ index }) => {
      if (index > 0) return;
      const observed = [
        instanceBody('i-1', { state: 'stopping' }),
        instanceBody('i-new', { state: 'pending' }),
      ];
      const cause = { kind: 'request', id: 'req' } as const;
      await fixture.store.inTransaction((tx) =>
        applyChanges(tx, { scope, cause, startedAtMs: null, observed }),
      );
    };

    await poll();

    expect(await present()).to.equal('i-1 stopping, i-new pending');
  });

  it('leaves what a request of ours has just made alone, although a lagging listing lacks it', async () => {
    shows([]);
    const scope = { cloud: 'ec2', account, region };
    const cause = { kind: 'request', id: 'req' } as const;
    await fixture.store.inTransaction((tx) =>
      applyChanges(tx, { scope, cause, startedAtMs: null, observed: [instanceBody('i-new')] }),
    );

    await poll({ graceMs: 60_000 });
    const afterGrace = await present();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await poll({ graceMs: 0 });
    await poll({ graceMs: 0 });

    expect(afterGrace).to.equal('i-new running');
    expect(await present()).to.equal('');
  });

  it('writes nothing of a poll whose unit another poller has taken', async () => {
    const unit = await lease();
    shows([instanceBody('i-1')]);
    cloud.beforePage = async ({ index }) => {
      if (index === 0) await fixture.store.read.pollUnits.release(unit);
      if (index === 0) await lease();
    };

    const outcome = await pollUnit(fixture.pollDeps, cloud, unit, new AbortController().signal);

    expect(outcome.kind).to.equal('lost');
    expect(await present()).to.equal('');
    expect(await fixture.events()).to.deep.equal([]);
  });

  it('gives the unit back when the process stops', async () => {
    const ending = new AbortController();
    shows([instanceBody('i-1')]);
    cloud.beforePage = async () => ending.abort(stopping);

    const outcome = await poll({}, ending.signal);

    expect(outcome.kind).to.equal('stopped');
    expect(await status()).to.include({ owner: null, consecutiveFailures: 0 });
    expect((await lease()).accountId).to.equal(account);
  });

  it('drops the poll when its lease is lost', async () => {
    const ending = new AbortController();
    shows([instanceBody('i-1')]);
    cloud.beforePage = async () => ending.abort(new StaleEpochError({ id: 1, epoch: 1 }));

    expect((await poll({}, ending.signal)).kind).to.equal('lost');
  });

  it('comes back at once when it was woken while it was polling', async () => {
    cloud.beforePage = async () => {
      await fixture.store.read.pollUnits.wake({ accountId: account });
    };

    await poll();

    const { nextAt, lastCompletedAt } = await status();
    expect(nextAt.getTime()).to.be.at.most(lastCompletedAt?.getTime() ?? 0);
  });

  it('marks a clock that is out of sync', async () => {
    cloud.beforePage = () => Promise.reject(new GatewayError('cloud-clock-skew', { message: '301 s ahead' }));

    await poll();

    expect(await status()).to.include({ state: 'out_of_sync', lastErrorCode: 'cloud-clock-skew' });
  });

  describe('when the cloud refuses the credentials', () => {
    it('says so once, and does not ask again until the recheck', async () => {
      cloud.refused.add('KEYOFACCOUNTONE1');

      await poll();
      await poll();
      await poll();

      expect(await status()).to.include({ state: 'credentials_invalid', consecutiveFailures: 3 });
      expect(cloud.listed).to.have.length(1);
      const events = await fixture.events();
      expect(events.map(({ subject }) => subject)).to.deep.equal(['credentials.invalid']);
      const [credential] = await fixture.store.read.credentials.listGranted(account);
      expect(credential).to.include({ status: 'invalid' });
      expect(events[0]?.details).to.include({ account, credentialId: credential?.id });
    });

    it('says so when they are accepted again', async () => {
      cloud.refused.add('KEYOFACCOUNTONE1');
      await poll();
      cloud.refused.clear();
      shows([instanceBody('i-1')]);
      const deps = { ...fixture.pollDeps, credentialsRecheckMs: 0 };

      const outcome = await pollUnit(deps, cloud, await lease(), new AbortController().signal);

      expect(outcome.kind).to.equal('complete');
      expect((await fixture.events()).map(({ subject, change }) => subject ?? change)).to.deep.equal([
        'credentials.invalid',
        'credentials.valid',
        'discovered',
      ]);
    });

    it('goes on with those of another client', async () => {
      await fixture.prove({ number, accessKeyId: 'KEYOFTHEOTHERONE', clientId: 'cli_other' });
      cloud.refused.add('KEYOFACCOUNTONE1').add('KEYOFTHEOTHERONE');
      await poll();
      cloud.refused.delete('KEYOFACCOUNTONE1');
      shows([instanceBody('i-1')]);

      const outcome = await poll();

      expect(outcome.kind).to.equal('complete');
      expect(cloud.listed.at(-1)?.accessKeyId).to.equal('KEYOFACCOUNTONE1');
    });

    it('is woken when the account is proven again', async () => {
      cloud.refused.add('KEYOFACCOUNTONE1');
      await poll();
      await fixture.prove({ number, accessKeyId: 'KEYTHATISNEW0001' });

      await reconcile();

      expect((await status()).nextAt.getTime()).to.be.lessThan(Date.now() + 1000);
    });

    it('does not doubt them when it is only the region that is closed to them', async () => {
      cloud.closedRegions.add(region);

      const outcome = await poll();

      expect(outcome.kind).to.equal('failed');
      expect(await status()).to.include({ state: 'denied', lastErrorCode: 'cloud-forbidden' });
      expect((await fixture.events()).map(({ change }) => change)).to.deep.equal(['stale']);
    });
  });

  it('keeps what the cloud publishes once, listed with whichever credentials are good', async () => {
    cloud = createFakeCloud({ pollGroups: [instancesGroup, publishedGroup] });
    const other = await fixture.prove({ number: newAccountNumber(), accessKeyId: 'KEYOFACCOUNTTWO1' });
    cloud.refused.add('KEYOFACCOUNTONE1');
    await poll();
    await reconcile();
    const own = account;
    account = 'ec2-public';
    shows([instanceBody('ami-1', { type: 'image', state: 'available', visibility: 'public' })]);

    const outcome = await poll();

    expect(outcome.kind).to.equal('complete');
    expect(cloud.listed.at(-1)).to.deep.equal({
      accessKeyId: 'KEYOFACCOUNTTWO1',
      region,
      group: 'published-images',
    });
    const query = { cloud: 'ec2', type: 'image', limit: 10 } as const;
    for (const asking of [own, other]) {
      const { items } = await fixture.store.read.resources.list({ ...query, account: asking });
      expect(items.map(({ cloudId, account: of }) => [cloudId, of])).to.deep.equal([['ami-1', null]]);
    }
  });

  describe('when the account publishes an image', () => {
    let imageId = '';
    const image = (visibility: 'private' | 'shared' | 'public', fields: Partial<ResourceBody> = {}) =>
      instanceBody(imageId, { type: 'image', state: 'available', visibility, owner: number, ...fields });
    const imagesOf = async (asking: string) => {
      const query = { cloud: 'ec2', account: asking, type: 'image', limit: 10 } as const;
      const { items } = await fixture.store.read.resources.list(query);
      return items.filter(({ cloudId }) => cloudId === imageId).map(({ account: of }) => of);
    };
    const changesOf = async (asking: string) =>
      (await fixture.events())
        .filter((event) => (event as { account?: string }).account === asking)
        .map(({ change }) => change);
    beforeEach(async () => {
      imageId = `ami-${number}`;
      cloud = createFakeCloud({ pollGroups: [imagesGroup] });
      await reconcile();
    });

    it('moves it to the one record for everybody, with one event, and back', async () => {
      shows([image('private')]);
      await poll();
      shows([image('public')]);
      await poll();
      const published = await imagesOf(account);
      await poll();
      const events = await changesOf(account);
      shows([image('private')]);
      await poll();

      expect(published).to.deep.equal([null]);
      expect(events).to.deep.equal(['discovered', 'published']);
      expect(await imagesOf(account)).to.deep.equal([account]);
    });

    it('moves it for those with whom it was shared, too', async () => {
      const owner = account;
      const ownerNumber = number;
      shows([image('private')]);
      await poll();
      number = newAccountNumber();
      account = await fixture.prove({ number, accessKeyId: 'KEYOFTHEOTHERONE' });
      await reconcile();
      const shared = image('shared', { owner: ownerNumber });
      shows([shared]);
      await poll();
      const user = account;
      account = owner;
      shows([image('public', { owner: ownerNumber })]);
      await poll();
      account = user;
      shows([]);
      await poll();

      expect(await changesOf(user)).to.deep.equal(['shared', 'published']);
      expect(await imagesOf(user)).to.deep.equal([null]);
    });

    it('tells when it is no longer shared', async () => {
      shows([image('shared', { owner: '999999999999' })]);
      await poll();
      shows([]);
      await poll();
      await poll();

      expect(await changesOf(account)).to.deep.equal(['shared', 'unshared']);
    });
  });

  it('keeps the secret out of what it stores about a failure', async () => {
    const broken = {
      ...fixture.pollDeps,
      vault: { ...fixture.vault, open: () => Promise.reject(new Error('secret-of-the-poller-test')) },
    };

    const outcome = await pollUnit(broken, cloud, await lease(), new AbortController().signal);

    expect(outcome.kind).to.equal('failed');
    expect(JSON.stringify(await status())).not.to.contain('secret-of-the-poller-test');
  });
});
