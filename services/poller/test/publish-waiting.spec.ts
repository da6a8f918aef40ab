import type { OutgoingEvent } from '@cloud-gateway/contracts';
import { administrativeEntry } from '@cloud-gateway/store';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { publishWaiting } from '../src/publish-waiting.ts';
import { createPollerFixture, type PollerFixture } from './poller-fixture.ts';

describe('publishWaiting', function () {
  this.timeout(serverStartTimeoutMs);
  let fixture: PollerFixture;
  before(async () => {
    fixture = await createPollerFixture();
  });
  after(() => fixture.close());
  beforeEach(() => fixture.reset());

  const entry = (id: string) =>
    administrativeEntry({ id, subject: 'token.revoked', scope: 'gateway', atMs: Date.now(), details: {} });
  let nextId = 0;
  async function append(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => `event-${nextId++}`);
    await fixture.store.read.outbox.append(ids.map(entry));
    return ids;
  }
  const waiting = async () => (await fixture.store.read.outbox.listWaiting(1000)).map(({ id }) => id);
  function publishing({ mayGoOn = () => Promise.resolve(true) } = {}) {
    const published: string[] = [];
    const confirms: (() => void)[] = [];
    let underWay = 0;
    const publish = async (events: readonly OutgoingEvent[]) => {
      underWay += 1;
      expect(underWay, 'batches at once').to.equal(1);
      published.push(...events.map(({ id }) => id));
      await new Promise<void>((resolve) => confirms.push(resolve));
      underWay -= 1;
    };
    const { outbox } = fixture.store.read;
    const done = publishWaiting({ outbox, publisher: { publish }, batchSize: 10, mayGoOn });
    return {
      published,
      done,
      confirm: async () => {
        await eventually(() => confirms.length > 0);
        confirms.shift()?.();
      },
    };
  }

  it('publishes one batch after the other, each once, and marks what is confirmed while the next is', async () => {
    const ids = await append(25);
    const { published, done, confirm } = publishing();
    await confirm();
    await eventually(async () => (await waiting()).length === 15);
    expect(published).to.deep.equal(ids.slice(0, 20));
    await confirm();
    await confirm();

    expect(await done).to.equal(true);
    expect(published).to.deep.equal(ids);
    expect(await waiting()).to.deep.equal([]);
  });

  it('neither loses nor marks what shows up with a lower id than what it has read', async () => {
    const late = `event-${nextId++}`;
    let early: string[] = [];
    let first: ReturnType<typeof publishing> | undefined;
    await fixture.store.inTransaction(async (tx) => {
      await tx.outbox.append([entry(late)]);
      early = await append(12);
      first = publishing();
      await eventually(() => first?.published.length === 10);
    });
    await first?.confirm();
    await first?.confirm();
    await first?.done;
    const second = publishing();
    if ((await waiting()).length > 0) await second.confirm();
    await second.done;

    const published = [...(first?.published ?? []), ...second.published];
    expect(new Set(published)).to.deep.equal(new Set([late, ...early]));
    expect(published).to.have.length(13);
    expect(await waiting()).to.deep.equal([]);
  });

  it('ends after a batch when it may not go on, with that batch marked', async () => {
    const ids = await append(25);
    const { published, done, confirm } = publishing({ mayGoOn: () => Promise.resolve(false) });
    await confirm();

    expect(await done).to.equal(false);
    expect(published).to.deep.equal(ids.slice(0, 10));
    expect(await waiting()).to.deep.equal(ids.slice(10));
  });
});
