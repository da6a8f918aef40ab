// When a unit is due again. Pure: the caller says what the poll saw and hands in the randomness.
import type { PollInterval } from '@cloud-gateway/clouds';

export interface ScheduleSettings {
  /** How long the fast clock waits for something in transition that does not get on. */
  readonly transitionPatienceMs: number;
  /** After how many polls without a change the interval doubles, each time. */
  readonly quietPollsPerDoubling: number;
}

export interface PollSeen {
  readonly changed: boolean;
  /** Also when something was absent for the first time: looking again soon tells whether it is gone. */
  readonly inTransition: boolean;
  /** Polls without a change in a row, before this one. */
  readonly quietPolls: number;
  /** The unjittered interval before this poll. */
  readonly intervalMs: number;
}

export interface NextPoll {
  readonly nextInMs: number;
  readonly intervalMs: number;
  readonly quietPolls: number;
}

/**
 * | the poll saw                                     | next interval                                    |
 * |--------------------------------------------------|--------------------------------------------------|
 * | something in transition, or missed               | floor                                            |
 * | a change                                         | normal                                           |
 * | nothing                                          | as before; doubled after every n quiet polls     |
 */
export function nextPoll(
  settings: ScheduleSettings,
  group: PollInterval,
  seen: PollSeen,
  random: () => number,
): NextPoll {
  const quietPolls = seen.changed ? 0 : seen.quietPolls + 1;
  const intervalMs = isFast(settings, group, { ...seen, quietPolls })
    ? group.floor
    : calmInterval(settings, group, { ...seen, quietPolls });
  return { nextInMs: jittered(intervalMs, random), intervalMs, quietPolls };
}

/** ±10 %, so that units that began together do not stay together. */
export function jittered(milliseconds: number, random: () => number): number {
  return Math.round(milliseconds * (0.9 + 0.2 * random()));
}

// A resource can be stuck in transition for days; it must not hold the fast clock for as long.
function isFast(settings: ScheduleSettings, group: PollInterval, seen: PollSeen): boolean {
  return seen.inTransition && seen.quietPolls * group.floor < settings.transitionPatienceMs;
}

function calmInterval(settings: ScheduleSettings, group: PollInterval, seen: PollSeen): number {
  if (seen.changed) return group.normal;
  const before = Math.max(group.normal, seen.intervalMs);
  const isTimeToDouble = seen.quietPolls % settings.quietPollsPerDoubling === 0;
  return Math.min(group.ceiling, isTimeToDouble ? before * 2 : before);
}
