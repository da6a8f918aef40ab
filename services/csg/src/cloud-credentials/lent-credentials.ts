// Credentials of a cloud as they are lent to the requests of one moment.
import type { SigningCredentials } from '@cloud-gateway/sigv4';

export interface LentCredentials {
  readonly signing: SigningCredentials;
  readonly obtainedAtMs: number;
  /** Undefined: they do not expire. */
  readonly expiresAtMs: number | undefined;
}

/** What expires in a moment may have expired when the request arrives at the cloud. */
const marginMs = 5000;

export function isUsable({ expiresAtMs }: LentCredentials, nowMs: number): boolean {
  return expiresAtMs === undefined || nowMs < expiresAtMs - marginMs;
}

/** Five minutes before they expire; those that live for less than ten minutes at half of their life. */
export function isDueForRenewal({ obtainedAtMs, expiresAtMs }: LentCredentials, nowMs: number): boolean {
  if (expiresAtMs === undefined) return false;
  const lifeMs = expiresAtMs - obtainedAtMs;
  return nowMs >= expiresAtMs - Math.min(300_000, lifeMs / 2);
}
