// The Date header of an answer. RFC 9110 5.6.7: senders write IMF-fixdate; readers also take the two obsolete forms.

const imfFixdate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const namesItsZone = /(?:GMT|UTC?|Z|[+-]\d{2}:?\d{2})$/i;

/** Reads a Date header as whole seconds since 1970; undefined when there is none or it is no date. */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  return imfFixdate.test(trimmed) ? parseImfFixdate(trimmed) : parseOtherDate(trimmed);
}

function parseImfFixdate(text: string): number | undefined {
  // Second 60 is a leap second; it is not on our clock, and the second after it is near enough.
  const ms = Date.parse(text.replace(/:60 GMT$/, ':59 GMT'));
  if (Number.isNaN(ms)) return undefined;
  // "Mon, 31 Feb" parses as some day in March: what does not print as it was read is refused.
  if (new Date(ms).toUTCString() !== text.replace(/:60 GMT$/, ':59 GMT')) return undefined;
  return ms / 1000 + (text.endsWith(':60 GMT') ? 1 : 0);
}

function parseOtherDate(text: string): number | undefined {
  // Without a zone Date.parse would take our local time (asctime dates have none and mean GMT).
  const ms = Date.parse(namesItsZone.test(text) ? text : `${text} GMT`);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
