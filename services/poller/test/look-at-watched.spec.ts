import type { ResourceBody } from '@cloud-gateway/contracts';
import { applyChanges, type WatchGroup } from '@cloud-gateway/store';
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { lookAtWatched } from '../src/look-at-watched.ts';
import { createFakeCloud, type FakeCloud } from './fake-cloud.ts';
import { instanceBody } from './instance-body.ts';
import { createPollerFixture, newAccountNumber, type PollerFixture } from './poller-fixture.ts';

describe('lookAtWatched', function () {
  this.timeout(serverStartTimeoutMs);
  const region = 'us-east-1';
  let fixture: PollerFixture;
  let cloud: FakeCloud;
  let account: string;
  before(async () => {
    fixture = await createPollerFixture();
  });
  after(() => fixture.close());
  beforeEach(async () => {
    await fixture.reset();
    cloud = createFakeCloud();
    account = await fixture.prove({ number: newAccountNumber(), accessKeyId: 'KEYOFACCOUNTONE1' });
  });

  const shows = (...bodies: ResourceBody[]) => cloud.listings.set(region, [bodies]);
  const scope = () => ({ cloud: 'ec2', account, region });
  async function requestSaw(...observed: ResourceBody[]): Promise<void> {
    const cause = { kind: 'request', id: 'req' } as const;
    await fixture.store.inTransaction((tx) =>
      applyChanges(tx, { scope: scope(), cause, startedAtMs: null, observed }),
    );
    await fixture.store.read.watches.add(
      observed.map(({ type, cloudId }) => ({
        cloud: 'ec2',
        accountId: account,
        region,
        type,
        cloudId,
        forMs: 60_000,
        firstInMs: 0,
      })),
    );
  }
  async function due(): Promise<WatchGroup[]> {
    const options = { owner: 'test', leaseMs: 10_000, limit: 10, clouds: ['ec2'] };
    const groups = await fixture.store.inTransaction((tx) => tx.watches.leaseDue(options));
    return groups.filter(({ accountId }) => accountId === account);
  }
  async function look(): Promise<void> {
    const deps = { ...fixture.pollDeps, everyMs: 0, graceMs: 60_000 };
    for (const group of await due()) await lookAtWatched(deps, cloud, group, new AbortController().signal);
  }
  const present = async () => {
    const query = { cloud: 'ec2', account, type: 'instance', limit: 10 } as const;
    const { items } = await fixture.store.read.resources.list(query);
    return items.map(({ cloudId, state }) => `${cloudId} ${state}`).join(', ');
  };

  it('follows a resource until it was stable twice, in one call for all', async () => {
    await requestSaw(instanceBody('i-1', { state: 'pending' }), instanceBody('i-2', { state: 'pending' }));
    shows(instanceBody('i-1', { state: 'pending' }), instanceBody('i-2'));
    await look();
    shows(instanceBody('i-1'), instanceBody('i-2'));
    await look();
    await look();
    await look();

    expect(await present()).to.equal('i-1 running, i-2 running');
    expect(cloud.lookedAt.map((ids) => [...ids].sort())).to.deep.equal([
      ['i-1', 'i-2'],
      ['i-1', 'i-2'],
      ['i-1'],
    ]);
    expect(await due()).to.deep.equal([]);
  });

  it('removes what was ended and is not known any more, without waiting for a grace', async () => {
    await requestSaw(instanceBody('i-1', { state: 'terminating' }));
    shows();
    await look();

    expect(await present()).to.equal('');
    expect(await due()).to.deep.equal([]);
  });

  it('never removes anything else: the cloud may only lag behind', async () => {
    await requestSaw(instanceBody('i-1', { state: 'pending' }));
    shows();
    await look();
    await look();

    expect(await present()).to.equal('i-1 pending');
    expect(await due()).to.have.length(1);
  });

  it('gives the lease back when the cloud fails', async () => {
    await requestSaw(instanceBody('i-1', { state: 'pending' }));
    cloud.refused.add('KEYOFACCOUNTONE1');
    const refused = await look().then(
      () => null,
      (err: unknown) => err,
    );
    cloud.refused.clear();

    expect(refused).to.include({ code: 'credentials-rejected' });
    expect(await due()).to.have.length(1);
  });
});
