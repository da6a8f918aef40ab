import { expect } from 'chai';
import { type NextPoll, nextPoll, type PollSeen, type ScheduleSettings } from '../src/schedule.ts';

describe('nextPoll', () => {
  const settings: ScheduleSettings = {
    transitionPatienceMs: 600_000,
    quietPollsPerDoubling: 10,
  };
  const group = { floor: 2_000, normal: 30_000, ceiling: 600_000 };
  const quiet: PollSeen = {
    changed: false,
    inTransition: false,
    quietPolls: 0,
    intervalMs: 30_000,
  };
  const middle = () => 0.5;

  const cases: { title: string; seen: Partial<PollSeen>; expected: Partial<NextPoll> }[] = [
    { title: 'normal after a quiet poll', seen: {}, expected: { intervalMs: 30_000, quietPolls: 1 } },
    {
      title: 'normal after a change',
      seen: { changed: true, quietPolls: 55, intervalMs: 600_000 },
      expected: { intervalMs: 30_000, quietPolls: 0 },
    },
    {
      title: 'floor while something is in transition',
      seen: { inTransition: true },
      expected: { intervalMs: 2_000 },
    },
    {
      title: 'floor while something changes and is in transition',
      seen: { inTransition: true, changed: true },
      expected: { intervalMs: 2_000, quietPolls: 0 },
    },
    {
      title: 'floor for as long as its patience lasts',
      seen: { inTransition: true, quietPolls: 298, intervalMs: 2_000 },
      expected: { intervalMs: 2_000 },
    },
    {
      title: 'normal when what is in transition does not get on',
      seen: { inTransition: true, quietPolls: 300, intervalMs: 2_000 },
      expected: { intervalMs: 30_000 },
    },
    {
      title: 'twice as long after ten quiet polls',
      seen: { quietPolls: 9 },
      expected: { intervalMs: 60_000, quietPolls: 10 },
    },
    {
      title: 'as long as before in between',
      seen: { quietPolls: 10, intervalMs: 60_000 },
      expected: { intervalMs: 60_000 },
    },
    {
      title: 'twice as long again after ten more',
      seen: { quietPolls: 19, intervalMs: 60_000 },
      expected: { intervalMs: 120_000 },
    },
    {
      title: 'never longer than the ceiling',
      seen: { quietPolls: 99, intervalMs: 480_000 },
      expected: { intervalMs: 600_000 },
    },
  ];
  for (const { title, seen, expected } of cases) {
    it(`is ${title}`, () => {
      const next = nextPoll(settings, group, { ...quiet, ...seen }, middle);

      expect(next).to.deep.include(expected);
      expect(next.nextInMs).to.equal(next.intervalMs);
    });
  }

  it('spreads by ten percent either way', () => {
    expect(nextPoll(settings, group, quiet, () => 0).nextInMs).to.equal(27_000);
    expect(nextPoll(settings, group, quiet, () => 0.999_999).nextInMs).to.equal(33_000);
  });
});
