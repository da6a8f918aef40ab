/** How long to look for what a call may have made, whose answer was lost. */
export interface LostAnswerTimes {
  /** What EC2 does not show so long after the call was sent was not made. */
  readonly believeAbsentAfterMs: number;
  /** How long the call itself looks, before it leaves that to a repetition. */
  readonly searchMs: number;
  /** Between two looks. */
  readonly pauseMs: number;
}

export const lostAnswerDefaults: LostAnswerTimes = {
  believeAbsentAfterMs: 30_000,
  searchMs: 2_000,
  pauseMs: 500,
};
