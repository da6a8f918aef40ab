import { expect } from 'chai';
import type { NewWriteIntent, WriteIntent } from '../../src/writes/write-intent.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the write intent repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());
  beforeEach(() => test.execute('delete from write_intents'));

  const wish: NewWriteIntent = {
    clientId: 'cli_a',
    key: 'key-1',
    cloud: 'ec2',
    accountId: 'ec2-1',
    region: 'us-east-1',
    type: 'volume',
    requestId: 'req-1',
    credentialClientId: 'cli_a',
    specHash: 'abc',
  };
  async function begin(
    owner: string,
    fields: Partial<NewWriteIntent> = {},
    leaseMs = 10_000,
  ): Promise<WriteIntent> {
    const intent = await test.store.read.writeIntents.begin({ ...wish, ...fields }, { owner, leaseMs });
    if (intent === null) throw new Error('somebody else has it');
    return intent;
  }
  const forsaken = (idleMs = 0, clouds = ['ec2']) =>
    test.store.inTransaction((tx) =>
      tx.writeIntents.leaseForsaken({ owner: 'resolver', leaseMs: 10_000, limit: 10, clouds, idleMs }),
    );

  it('is there before anything is sent, in the hands of one', async () => {
    const intents = test.store.read.writeIntents;

    const many = await Promise.all(
      Array.from({ length: 8 }, (_, index) => intents.begin(wish, { owner: `o${index}`, leaseMs: 10_000 })),
    );

    const [taken, ...others] = many.filter((intent) => intent !== null);
    expect(others).to.deep.equal([]);
    expect(taken).to.deep.include({ ...wish, epoch: 1, firstSentAt: null, sentAgoMs: null });
    expect(await intents.count()).to.equal(1);
  });

  it('goes on with the request id of the first attempt, and tells when that was sent', async () => {
    const intents = test.store.read.writeIntents;
    const first = await begin('a');
    expect(await intents.markSent(first)).to.equal(true);
    await intents.release(first);

    const second = await begin('b', { requestId: 'req-2', specHash: 'other' });

    expect(second).to.include({ requestId: 'req-1', specHash: 'abc', epoch: 2 });
    expect(second.sentAgoMs).to.be.within(0, 10_000);
    expect(second.firstSentAt).to.be.instanceOf(Date);
  });

  it('lets nobody go on whose lease another has taken over', async () => {
    const intents = test.store.read.writeIntents;
    const first = await begin('a', {}, -1);
    const second = await begin('b');

    expect(await intents.markSent(first)).to.equal(false);
    expect(await intents.extend(first, 1000)).to.equal(false);
    expect(await intents.finish(first)).to.equal(false);
    expect(await intents.finish(second)).to.equal(true);
    expect(await intents.find(wish)).to.equal(null);
  });

  it('is found when nobody works on it any more', async () => {
    const intents = test.store.read.writeIntents;
    await begin('working', { key: 'working' });
    await begin('dead', { key: 'dead' }, -1000);
    await intents.release(await begin('waiting', { key: 'released' }));

    expect((await forsaken(0, ['other'])).length).to.equal(0);
    expect((await forsaken(500)).map(({ key }) => key)).to.deep.equal(['dead']);
    expect(await forsaken(500)).to.deep.equal([]);
  });

  it('takes keys of any length, and finds them again by what it gave', async () => {
    const key = 'ü'.repeat(300);
    const intent = await begin('a', { key });

    expect(await test.store.read.writeIntents.find({ clientId: 'cli_a', key })).to.include({ epoch: 1 });
    expect(await test.store.read.writeIntents.finish(intent)).to.equal(true);
  });

  it('purges old ones that are in nobody’s hands', async () => {
    const intents = test.store.read.writeIntents;
    await begin('working', { key: 'working' });
    await begin('dead', { key: 'dead' }, -1000);
    await test.execute("update write_intents set created_at = '2020-01-01'");

    expect(await intents.purge({ olderThanMs: 1000, limit: 10 })).to.equal(1);
    expect(await intents.find({ ...wish, key: 'working' })).not.to.equal(null);
  });
});
