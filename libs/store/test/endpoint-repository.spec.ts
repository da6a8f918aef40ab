import { expect } from 'chai';
import { openTestStore, type TestStore } from './open-test-store.ts';

describe('the endpoint repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  it('tells exactly one of many that it was the first to see a transition', async () => {
    const note = {
      endpoint: 'ec2.example:443',
      cloud: 'ec2',
      state: 'out_of_sync',
      skewMs: 301_000,
    } as const;
    const seeAtOnce = (state: 'in_sync' | 'out_of_sync') =>
      Promise.all(
        Array.from({ length: 8 }, () =>
          test.store.inTransaction((tx) => tx.endpoints.transition({ ...note, state })),
        ),
      );

    expect((await seeAtOnce('in_sync')).filter(Boolean)).to.have.length(0);
    expect((await seeAtOnce('out_of_sync')).filter(Boolean)).to.have.length(1);
    expect((await seeAtOnce('out_of_sync')).filter(Boolean)).to.have.length(0);
    const [endpoint] = await test.store.read.endpoints.list();
    expect(endpoint).to.deep.include(note);
    expect((await seeAtOnce('in_sync')).filter(Boolean)).to.have.length(1);
  });
});
