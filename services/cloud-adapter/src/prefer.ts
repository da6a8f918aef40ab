// The Prefer header (RFC 7240): what a caller would like, if it can be had. Of its preferences this API has `wait`, the
// longest time in seconds that the caller wants to wait for a stable state. Everything else is ignored, as the RFC says.

/** Gives the wished seconds; undefined when there is no such wish, or one that cannot be read. */
export function waitPreference(header: string | readonly string[] | undefined): number | undefined {
  for (const preference of [header ?? []].flat().flatMap((line) => line.split(','))) {
    // Parameters of a preference come after a semicolon; `wait` has none.
    const [name = '', value = ''] = (preference.split(';')[0] ?? '').split('=').map((part) => part.trim());
    if (name.toLowerCase() !== 'wait') continue;
    const seconds = /^"?(\d{1,6})"?$/.exec(value)?.[1];
    // RFC 7240 2: of a preference that comes twice, the first counts.
    return seconds === undefined ? undefined : Number(seconds);
  }
  return undefined;
}
