// The time that a signature names, as `YYYYMMDDTHHMMSSZ`. Whether it is near enough to now is not decided here: see
// @cloud-gateway/clock.

const shape = /^\d{8}T\d{6}Z$/;
const httpDateShape = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Tells whether the text is a date of this shape that exists in the calendar. */
export function isAmzDate(text: string): boolean {
  if (!shape.test(text)) return false;
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}.000Z`;
  const ms = Date.parse(iso);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === iso;
}

/** Turns `Mon, 09 Sep 2011 23:36:00 GMT` into an amzDate: a request may be dated by its Date header alone. */
export function amzDateOfHttpDate(text: string): string | undefined {
  if (isAmzDate(text)) return text;
  const ms = httpDateShape.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : formatAmzDate(ms);
}

export function formatAmzDate(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}
