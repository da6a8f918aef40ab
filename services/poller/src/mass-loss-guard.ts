// A cloud that answers a complete listing that is empty, or in which nothing has tags any more, with no error, has happened
// to everybody who polls. When a large part of a unit would be lost at once, a second complete listing has to say the
// same. Pure.

export interface MassLossSettings {
  /** Up to this many may always be lost at once. */
  readonly countMax: number;
  /** And up to this part of what is known, from 0 to 1. */
  readonly shareMax: number;
}

export interface LossQuestion {
  readonly knownCount: number;
  readonly lostCount: number;
  /** How many the last complete listing would have lost and was not allowed to. */
  readonly heldBefore: number;
}

/** True: believe it. False: hold it until the next complete listing. */
export function mayBeLostAtOnce(settings: MassLossSettings, question: LossQuestion): boolean {
  const { knownCount, lostCount, heldBefore } = question;
  const isMass = lostCount > Math.max(settings.countMax, settings.shareMax * knownCount);
  return !isMass || heldBefore > 0;
}
