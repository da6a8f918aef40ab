import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { reconcileUnits } from '../src/reconcile-units.ts';
import { createFakeCloud, instancesGroup, publishedGroup } from './fake-cloud.ts';
import { createPollerFixture, newAccountNumber, type PollerFixture } from './poller-fixture.ts';

describe('reconcileUnits', function () {
  this.timeout(serverStartTimeoutMs);
  const cloud = createFakeCloud({ regions: ['r1', 'r2'], pollGroups: [instancesGroup, publishedGroup] });
  let fixture: PollerFixture;
  before(async () => {
    fixture = await createPollerFixture();
  });
  after(() => fixture.close());
  beforeEach(() => fixture.reset());

  const reconcile = (clouds = [cloud]) =>
    reconcileUnits({ store: fixture.store, clouds, clock: fixture.pollDeps.clock });
  const names = async () =>
    (await fixture.store.read.pollUnits.list())
      .map(({ accountId, region, group }) => `${accountId} ${region} ${group}`)
      .sort();

  it('adds the units of an account that was proven, once', async () => {
    const account = await fixture.prove({ number: newAccountNumber(), accessKeyId: 'KEYOFACCOUNTONE1' });

    const outcomes = [await reconcile(), await reconcile()];

    expect(outcomes).to.deep.equal([
      { added: 4, removed: 0 },
      { added: 0, removed: 0 },
    ]);
    expect(await names()).to.deep.equal([
      `${account} r1 instances`,
      `${account} r2 instances`,
      'ec2-public r1 published-images',
      'ec2-public r2 published-images',
    ]);
    expect(await fixture.store.read.sequences.current('ec2-public')).to.equal(0);
  });

  it('does the same when several pollers do it at once', async () => {
    await fixture.prove({ number: newAccountNumber(), accessKeyId: 'KEYOFACCOUNTONE1' });

    await Promise.all([reconcile(), reconcile(), reconcile()]);

    expect(await names()).to.have.length(4);
  });

  it('removes the units when nobody proves the account any more', async () => {
    const number = newAccountNumber();
    const account = await fixture.prove({ number, accessKeyId: 'KEYOFACCOUNTONE1' });
    await fixture.prove({ number, accessKeyId: 'KEYOFTHEOTHERONE', clientId: 'cli_other' });
    await reconcile();
    await fixture.forget(account);
    const afterOne = await reconcile();
    await fixture.forget(account, 'cli_other');

    expect(afterOne).to.deep.equal({ added: 0, removed: 0 });
    expect(await reconcile()).to.deep.equal({ added: 0, removed: 4 });
  });

  it('removes the units of a region that is no longer served, and nothing of other clouds', async () => {
    await fixture.prove({ number: newAccountNumber(), accessKeyId: 'KEYOFACCOUNTONE1' });
    await fixture.store.read.pollUnits.ensure([
      {
        cloud: 'other',
        accountId: 'other-1',
        region: 'r',
        group: 'g',
        types: ['instance'],
        intervalMs: 1,
        firstInMs: 0,
      },
    ]);
    await reconcile();

    const outcome = await reconcile([
      createFakeCloud({ regions: ['r1'], pollGroups: cloud.pollGroups.slice() }),
    ]);

    expect(outcome).to.deep.equal({ added: 0, removed: 2 });
    expect(await names()).to.have.length(3);
  });
});
