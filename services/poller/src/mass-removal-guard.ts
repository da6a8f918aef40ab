// A cloud that answers a complete but empty listing, with no error, has happened to everybody who polls. When a large
// part of a unit would vanish at once, a second complete listing has to say the same. Pure.

export interface MassRemovalSettings {
  /** Up to this many may always go at once. */
  readonly countMax: number;
  /** And up to this part of what is known, from 0 to 1. */
  readonly shareMax: number;
}

export interface RemovalQuestion {
  readonly knownCount: number;
  readonly absentCount: number;
  /** How many the last complete listing would have removed and was not allowed to. */
  readonly heldBefore: number;
}

/** True: remove them. False: hold them until the next complete listing. */
export function mayRemoveAtOnce(settings: MassRemovalSettings, question: RemovalQuestion): boolean {
  const { knownCount, absentCount, heldBefore } = question;
  const isMass = absentCount > Math.max(settings.countMax, settings.shareMax * knownCount);
  return !isMass || heldBefore > 0;
}
