import { expect } from 'chai';
import { administrativeEntry } from '../../src/events/administrative-entry.ts';
import { openTestStore, type TestStore } from '../open-test-store.ts';

describe('the outbox repository', () => {
  let test: TestStore;
  before(async () => {
    test = await openTestStore();
  });
  after(() => test.close());

  const entry = (id: string) =>
    administrativeEntry({
      id,
      subject: 'credentials.invalid',
      scope: 'ec2-1',
      atMs: Date.now() - 2000,
      details: { id },
    });

  it('gives what waits in order, until it is marked as published', async () => {
    const { outbox } = test.store.read;
    await outbox.append(Array.from({ length: 250 }, (_, index) => entry(`e${index}`)));

    const first = await outbox.listWaiting(200);
    await outbox.markPublished(first.map(({ outboxId }) => outboxId));
    const rest = await outbox.listWaiting(200);

    expect([...first, ...rest].map(({ id }) => id)).to.deep.equal(
      Array.from({ length: 250 }, (_, index) => `e${index}`),
    );
    expect(first[0]).to.deep.include({
      routingKey: 'v1.gateway.ec2-1.global.credentials.invalid.none',
      type: 'cloud-gateway.credentials.invalid.v1',
    });
    expect(first[0]?.time).to.match(/Z$/);
    const backlog = await outbox.backlog();
    expect(backlog.count).to.equal(50);
    expect(backlog.oldestAgeMs).to.be.within(1000, 20_000);
  });

  it('refuses a second event with the same id', async () => {
    const { outbox } = test.store.read;
    await outbox.append([entry('once')]);

    expect(await outbox.append([entry('once')]).catch((err) => err.code)).to.equal('ER_DUP_ENTRY');
  });

  it('purges what was published long enough ago, and nothing that waits', async () => {
    const { outbox } = test.store.read;
    const [published] = await outbox.listWaiting(1);
    await outbox.markPublished([published?.outboxId ?? 0]);
    const waiting = (await outbox.backlog()).count;

    expect(await outbox.purge({ olderThanMs: 60_000, limit: 1000 })).to.equal(0);
    expect(await outbox.purge({ olderThanMs: -1000, limit: 10 })).to.equal(10);
    await outbox.purge({ olderThanMs: -1000, limit: 1000 });

    expect((await outbox.backlog()).count).to.equal(waiting);
  });
});
