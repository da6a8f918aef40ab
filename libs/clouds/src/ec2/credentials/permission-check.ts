/** What is known of the needed permissions. A permission that is in neither list is granted. */
export interface PermissionCheck {
  readonly missing: string[];
  readonly unknown: string[];
}

export type PermissionVerdict = 'granted' | 'missing' | 'unknown';

export function permissionCheck(verdicts: ReadonlyMap<string, PermissionVerdict>): PermissionCheck {
  const named = (wanted: PermissionVerdict) =>
    [...verdicts].filter(([, verdict]) => verdict === wanted).map(([name]) => name);
  return { missing: named('missing'), unknown: named('unknown') };
}
