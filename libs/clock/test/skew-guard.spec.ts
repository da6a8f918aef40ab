import { expect } from 'chai';
import { createTestClock } from '../src/clock.ts';
import { createSkewGuard, type SkewTransition } from '../src/skew-guard.ts';

const noonMs = Date.UTC(2026, 10, 22, 12, 0, 0);
const endpoint = 'ec2.us-east-1.amazonaws.com';

function setUp() {
  const clock = createTestClock(noonMs);
  const transitions: SkewTransition[] = [];
  const guard = createSkewGuard({ clock, onTransition: (transition) => transitions.push(transition) });
  const answer = (offsetSeconds: number, to = endpoint) =>
    guard.observe(to, {
      dateHeader: new Date(clock.nowMs() + offsetSeconds * 1000).toUTCString(),
      sentAtMs: clock.nowMs(),
      receivedAtMs: clock.nowMs(),
    });
  return { clock, transitions, guard, answer };
}

describe('createSkewGuard', () => {
  it('lets calls to an unknown endpoint through', () => {
    const { guard } = setUp();

    expect(guard.assertInSync(endpoint)).to.deep.equal({ ok: true });
    expect(guard.timeOf(endpoint)).to.deep.equal({
      state: 'unknown',
      skewSeconds: 0,
      observedAtMs: undefined,
    });
  });

  for (const [offset, state] of [
    [0, 'in-sync'],
    [300, 'in-sync'],
    [-300, 'in-sync'],
    [301, 'out-of-sync'],
    [-301, 'out-of-sync'],
  ] as const) {
    it(`finds an endpoint that is ${offset} s off ${state}`, () => {
      const { guard, answer } = setUp();

      expect(answer(offset)).to.deep.equal({ state, skewSeconds: offset, observedAtMs: noonMs });
      expect(guard.assertInSync(endpoint)).to.deep.equal(
        state === 'in-sync' ? { ok: true } : { ok: false, skewSeconds: offset },
      );
    });
  }

  it('judges a slow answer by the interval, not by its end', () => {
    const { guard, clock } = setUp();
    const sentAtMs = clock.nowMs();
    clock.advance(400_000);

    const time = guard.observe(endpoint, {
      dateHeader: new Date(sentAtMs).toUTCString(),
      sentAtMs,
      receivedAtMs: clock.nowMs(),
    });

    expect(time).to.deep.equal({ state: 'in-sync', skewSeconds: 0, observedAtMs: noonMs + 400_000 });
  });

  it('tells each change once, and not the first healthy answer', () => {
    const { transitions, answer } = setUp();

    for (const offset of [0, 0, 500, 501, -500, 0, 0]) answer(offset);

    expect(transitions).to.deep.equal([
      { endpoint, from: 'in-sync', to: 'out-of-sync', skewSeconds: 500, atMs: noonMs },
      { endpoint, from: 'out-of-sync', to: 'in-sync', skewSeconds: 0, atMs: noonMs },
    ]);
  });

  it('tells when an endpoint is out of sync from the first answer', () => {
    const { transitions, answer } = setUp();

    answer(-3600);

    expect(transitions).to.deep.equal([
      { endpoint, from: 'unknown', to: 'out-of-sync', skewSeconds: -3600, atMs: noonMs },
    ]);
  });

  it('has taken the new state before it tells', () => {
    const seen: boolean[] = [];
    const clock = createTestClock(noonMs);
    const guard = createSkewGuard({ clock, onTransition: () => seen.push(guard.assertInSync(endpoint).ok) });

    guard.observe(endpoint, {
      dateHeader: 'Sun, 06 Nov 1994 08:49:37 GMT',
      sentAtMs: noonMs,
      receivedAtMs: noonMs,
    });

    expect(seen).to.deep.equal([false]);
  });

  for (const dateHeader of [undefined, '', 'yesterday']) {
    it(`changes nothing for the Date header ${JSON.stringify(dateHeader)}`, () => {
      const { guard, clock, answer, transitions } = setUp();
      const before = answer(900);
      clock.advance(1000);

      const after = guard.observe(endpoint, { dateHeader, sentAtMs: noonMs, receivedAtMs: noonMs });

      expect(after).to.deep.equal(before);
      expect(transitions).to.have.length(1);
    });
  }

  it('keeps endpoints apart', () => {
    const { guard, answer } = setUp();

    answer(900, 'one');
    answer(0, 'two');

    expect(guard.assertInSync('one').ok).to.equal(false);
    expect(guard.assertInSync('two').ok).to.equal(true);
  });

  it('asks for a probe when never seen, too old, out of sync, or seen in the future', () => {
    const { guard, clock, answer } = setUp();

    expect(guard.needsProbe(endpoint, 1000), 'never seen').to.equal(true);
    answer(0);
    expect(guard.needsProbe(endpoint, 1000), 'fresh').to.equal(false);
    clock.advance(1000);
    expect(guard.needsProbe(endpoint, 1000), 'exactly as old').to.equal(false);
    clock.advance(1);
    expect(guard.needsProbe(endpoint, 1000), 'older').to.equal(true);
    answer(900);
    expect(guard.needsProbe(endpoint, 1000), 'out of sync').to.equal(true);
    answer(0);
    clock.advance(-5000);
    expect(guard.needsProbe(endpoint, 1000), 'our clock was set back').to.equal(true);
  });
});
