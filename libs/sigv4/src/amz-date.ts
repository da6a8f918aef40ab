// The time that a signature names, as `YYYYMMDDTHHMMSSZ`. Whether it is near enough to now is not decided here: see
// @cloud-gateway/clock.

const shape = /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])[0-5]\d[0-5]\dZ$/;
const httpDateShape = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Tells whether the text is a date of this shape that exists in the calendar. Built by hand: a Date costs ten times it. */
export function isAmzDate(text: string): boolean {
  if (!shape.test(text)) return false;
  return Number(text.slice(6, 8)) <= daysOfMonth(Number(text.slice(0, 4)), Number(text.slice(4, 6)));
}

/** Turns `Mon, 09 Sep 2011 23:36:00 GMT` into an amzDate: a request may be dated by its Date header alone. */
export function amzDateOfHttpDate(text: string): string | undefined {
  if (isAmzDate(text)) return text;
  const ms = httpDateShape.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : formatAmzDate(ms);
}

// Requests come many a second, and all of a second say the same.
let lastSecond = Number.NaN;
let lastText = '';

export function formatAmzDate(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) {
    lastText = textOf(ms);
    lastSecond = second;
  }
  return lastText;
}

function textOf(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}

/** `month` counts from 1. */
function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
