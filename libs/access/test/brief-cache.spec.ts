import { expect } from 'chai';
import { createBriefCache } from '../src/brief-cache.ts';

describe('the brief cache', () => {
  let nowMs = 0;
  const create = (entriesMax = 10) =>
    createBriefCache<string>({ ttlMs: 1000, entriesMax, nowMs: () => nowMs });
  const counting = (value: string | undefined) => {
    const load = async () => {
      load.calls += 1;
      return value;
    };
    load.calls = 0;
    return load;
  };
  beforeEach(() => {
    nowMs = 1_000_000;
  });

  it('loads once until the time is over', async () => {
    const cache = create();
    const load = counting('v');

    expect(await cache.get('k', load)).to.equal('v');
    nowMs += 999;
    expect(await cache.get('k', load)).to.equal('v');
    expect(load.calls).to.equal(1);
    nowMs += 1;
    await cache.get('k', load);
    expect(load.calls).to.equal(2);
  });

  it('loads once for all who ask at once', async () => {
    const cache = create();
    const load = counting('v');

    await Promise.all([cache.get('k', load), cache.get('k', load), cache.get('k', load)]);

    expect(load.calls).to.equal(1);
  });

  it('remembers neither a miss nor a failure', async () => {
    const cache = create();
    const miss = counting(undefined);
    await cache.get('k', miss);
    await cache.get('k', miss);
    expect(miss.calls).to.equal(2);

    const failure = await cache
      .get('k', () => Promise.reject(new Error('away')))
      .catch((err: unknown) => err);
    expect(String(failure)).to.contain('away');
    expect(await cache.get('k', counting('v'))).to.equal('v');
  });

  it('drops the key that was used longest ago when it is full', async () => {
    const cache = create(2);
    await cache.get('a', counting('a'));
    await cache.get('b', counting('b'));
    await cache.get('a', counting('a'));
    await cache.get('c', counting('c'));

    const a = counting('a');
    const b = counting('b');
    await cache.get('a', a);
    await cache.get('b', b);

    expect([a.calls, b.calls]).to.deep.equal([0, 1]);
  });

  it('forgets what matches, and nothing else', async () => {
    const cache = create();
    await cache.get('a', counting('a'));
    await cache.get('b', counting('b'));

    cache.forget((value) => value === 'a');

    const [a, b] = [counting('a'), counting('b')];
    await cache.get('a', a);
    await cache.get('b', b);
    expect([a.calls, b.calls]).to.deep.equal([1, 0]);
  });

  it('does not keep what was being loaded while something was forgotten', async () => {
    const cache = create();
    let finish: (value: string) => void = () => {};
    const early = cache.get('k', () => new Promise((resolve) => (finish = resolve)));

    cache.forget(() => false);
    finish('old');

    expect(await early).to.equal('old');
    expect(await cache.get('k', counting('new'))).to.equal('new');
  });

  it('does not let the end of an old load drop a newer entry', async () => {
    const cache = create();
    let finish: (value: undefined) => void = () => {};
    const early = cache.get('k', () => new Promise((resolve) => (finish = resolve)));
    cache.forgetAll();
    await cache.get('k', counting('new'));

    finish(undefined);
    await early;

    const load = counting('newer');
    expect(await cache.get('k', load)).to.equal('new');
    expect(load.calls).to.equal(0);
  });

  it('does not live longer when the clock is set back', async () => {
    const cache = create();
    await cache.get('k', counting('old'));
    nowMs -= 3_600_000;

    expect(await cache.get('k', counting('new'))).to.equal('new');
  });
});
