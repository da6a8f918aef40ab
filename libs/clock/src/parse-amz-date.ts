// X-Amz-Date: ISO 8601 basic format in UTC, and nothing else.

const amzDate = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

// Requests come many a second, and all of a second say the same.
let lastText: string | undefined;
let lastSeconds: number | undefined;

/** Reads `20150830T123600Z` as whole seconds since 1970; undefined for any other shape and for days that do not exist. */
export function parseAmzDate(text: string): number | undefined {
  if (text !== lastText) {
    lastSeconds = secondsOf(text);
    lastText = text;
  }
  return lastSeconds;
}

function secondsOf(text: string): number | undefined {
  const match = amzDate.exec(text);
  if (!match) return undefined;
  const iso = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}.000Z`;
  const ms = Date.parse(iso);
  // Date.parse carries 24:00:00 over to the next day; a time that does not print as it was read is not a time.
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== iso) return undefined;
  return ms / 1000;
}
