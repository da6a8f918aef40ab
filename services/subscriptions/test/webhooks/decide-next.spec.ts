import { expect } from 'chai';
import { decideNext, type FinishedPost } from '../../src/webhooks/decide-next.ts';
import type { PostResult } from '../../src/webhooks/post-webhook.ts';

const settings = {
  attemptsMax: 5,
  retryForMs: 100_000,
  backoffBaseMs: 500,
  backoffMaxMs: 4_000,
  gonePauseMs: 60_000,
};
const nowMs = Date.parse('2026-11-22T12:00:00.000Z');

function answered(status: number, retryAfter?: string): PostResult {
  return { kind: 'answered', status, retryAfter };
}

function decide(result: PostResult, post: Partial<FinishedPost> = {}) {
  return decideNext({ attempts: 1, sinceFirstMs: 10, nowMs, random: 0.5, ...post, result }, settings);
}

describe('decideNext', () => {
  for (const [status, outcome] of [
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [301, 'redirected'],
    [308, 'redirected'],
    [400, 'refused'],
    [404, 'refused'],
    [410, 'gone'],
    [429, 'throttled'],
    [500, 'failed'],
    [503, 'failed'],
  ] as const)
    it(`calls ${status} ${outcome}`, () => {
      const decision = decide(answered(status));
      expect(decision.outcome).to.equal(outcome);
      expect(decision.next).to.equal(outcome === 'delivered' ? 'done' : 'retry');
    });

  it('waits twice as long after each attempt, half of it by chance, up to the maximum', () => {
    const waits = (random: number) =>
      [1, 2, 3, 4].map((attempts) => decide(answered(500), { attempts, random }).afterMs);

    expect(waits(0)).to.deep.equal([250, 500, 1_000, 2_000]);
    expect(waits(1)).to.deep.equal([500, 1_000, 2_000, 4_000]);
    expect(
      decideNext(
        { attempts: 400, sinceFirstMs: 0, nowMs, random: 1, result: answered(500) },
        { ...settings, attemptsMax: 1_000 },
      ).afterMs,
    ).to.equal(4_000);
  });

  it('gives up after the last attempt, or when the next would be too late', () => {
    expect(decide(answered(500), { attempts: 5 })).to.include({
      next: 'give-up',
      status: 500,
      error: 'it was answered with 500',
    });
    expect(decide({ kind: 'timeout', reason: 'no answer within 10 s' }, { sinceFirstMs: 99_900 })).to.include(
      {
        next: 'give-up',
        status: null,
        error: 'no answer within 10 s',
      },
    );
    expect(decide(answered(200), { attempts: 5 }).next).to.equal('done');
  });

  for (const [retryAfter, afterMs] of [
    ['7', 7_000],
    [' 7 ', 7_000],
    ['Sun, 22 Nov 2026 12:00:20 GMT', 20_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 375],
    ['0', 375],
    ['-5', 375],
    ['soon', 375],
    ['999999999', 99_990], // no longer than the event lives
  ] as const)
    it(`honours Retry-After: ${retryAfter}`, () => {
      expect(decide(answered(503, retryAfter))).to.include({ next: 'retry', afterMs, pauseMs: 0 });
    });

  it('pauses the whole webhook for 429, as long as it asks, and for 410', () => {
    expect(decide(answered(429, '9'))).to.include({ next: 'retry', afterMs: 9_000, pauseMs: 9_000 });
    expect(decide(answered(429))).to.include({ pauseMs: 0 });
    // Milliseconds, perhaps, by a mistake of the receiver: not for ever.
    expect(decide(answered(429, '999999999'))).to.include({ pauseMs: 100_000 });
    expect(decide(answered(410))).to.include({ next: 'retry', afterMs: 60_000, pauseMs: 60_000 });
    expect(decide(answered(410), { sinceFirstMs: 80_000 })).to.include({ next: 'retry', afterMs: 20_000 });
    expect(decide(answered(410), { attempts: 5 })).to.include({ next: 'give-up', pauseMs: 60_000 });
  });
});
