import { expect } from 'chai';
import { openTestStore, type TestStore } from './open-test-store.ts';

describe('the lease repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const take = (name: string, owner: string, leaseMs = 10_000) =>
    test.store.read.leases.take(name, { owner, leaseMs });

  it('gives a lease to one of many who ask at once', async () => {
    const owners = Array.from({ length: 12 }, (_, index) => `owner-${index}`);

    const epochs = await Promise.all(owners.map((owner) => take('race', owner)));

    expect(epochs.filter((epoch) => epoch !== null)).to.deep.equal([1]);
  });

  it('lets its owner keep it, with the same epoch', async () => {
    expect(await take('kept', 'a')).to.equal(1);
    expect(await take('kept', 'a')).to.equal(1);
    expect(await take('kept', 'b')).to.equal(null);
  });

  it('passes to another with a new epoch when it has run out', async () => {
    await take('passed', 'a', 1);
    await new Promise((resolve) => setTimeout(resolve, 5));

    expect(await take('passed', 'b')).to.equal(2);
    expect(await take('passed', 'a')).to.equal(null);
  });

  it('passes at once when it is given back', async () => {
    await take('given', 'a');
    await test.store.read.leases.release('given', 'b');
    expect(await take('given', 'b')).to.equal(null);
    await test.store.read.leases.release('given', 'a');

    expect(await take('given', 'b')).to.equal(2);
  });

  it('forgets those that ended long ago, and only those', async () => {
    await take('held', 'a');
    await take('over', 'a', 1);
    await new Promise((resolve) => setTimeout(resolve, 5));

    await test.store.read.leases.purge({ olderThanMs: 1, limit: 100 });

    expect(await take('held', 'b')).to.equal(null);
    expect(await take('over', 'b'), 'its epochs begin anew').to.equal(1);
  });
});
