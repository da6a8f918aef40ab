import type { DescribeDeps } from '../describe/describe.ts';
import type { LostAnswerTimes } from './lost-answer-times.ts';

/** What every write works with. */
export interface WriteDeps extends DescribeDeps {
  readonly lostAnswer: LostAnswerTimes;
}

/** Options of one call of the SDK. */
export interface Http {
  readonly abortSignal: AbortSignal;
}
