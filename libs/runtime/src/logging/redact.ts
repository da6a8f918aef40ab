// The second fence against secrets in the log (the first is not to log them), and the fence against lines without end.
// Turns any value into plain data: cycles cut, depth, length and number bounded, secrets replaced.
import { Secret } from '../config/secret.ts';
import { scrubText } from './scrub-text.ts';
import { serializeError } from './serialize-error.ts';

const depthMax = 4;
const itemsMax = 100;
const hidden = '[secret]';

const secretKey = /secret|password|passwd|authorization|token$|private|credential|cookie|api-?key/i;

/** Gives a copy that is safe to print. Throws only when a getter of `value` itself does; deeper ones are noted. */
export function redact(value: unknown): unknown {
  return plain(value, 0, []);
}

function plain(value: unknown, depth: number, ancestors: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
      return scrubText(value);
    case 'bigint':
      return value.toString();
    case 'function':
    case 'symbol':
      return `[${typeof value}]`;
    case 'object':
      return value === null ? null : plainObject(value, depth, ancestors);
    default:
      return value;
  }
}

function plainObject(value: object, depth: number, ancestors: readonly object[]): unknown {
  const short = shortForm(value);
  if (short !== undefined) return short;
  if (ancestors.includes(value)) return '[cycle]';
  // The fields of a line are depth 0 themselves.
  if (depth > depthMax) return Array.isArray(value) ? '[array]' : '[object]';
  const inner = (item: unknown): unknown => readable(() => plain(item, depth + 1, [...ancestors, value]));
  if (value instanceof Error) return mapEntries(Object.entries(serializeError(value)), inner);
  if (Array.isArray(value)) return plainArray(value, inner);
  if (value instanceof Set) return plainArray([...value], inner);
  if (value instanceof Map)
    return mapEntries(
      [...value].map(([key, item]) => [String(key), item] as const),
      inner,
    );
  return mapEntries(Object.entries(value), inner);
}

// A getter may throw. That costs its object, not the whole line.
function readable(read: () => unknown): unknown {
  try {
    return read();
  } catch (err) {
    return `[unreadable: ${err instanceof Error ? err.name : typeof err}]`;
  }
}

// What is printed as one text. Objects of classes are not taken apart: a socket or a request drags everything along,
// raw headers with credentials among it.
function shortForm(value: object): string | undefined {
  if (value instanceof Secret) return hidden;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[invalid date]' : value.toISOString();
  if (value instanceof URL) return scrubText(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Error || Array.isArray(value) || value instanceof Map || value instanceof Set)
    return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return undefined;
  return `[${value.constructor?.name || 'object'}]`;
}

function plainArray(items: readonly unknown[], inner: (item: unknown) => unknown): unknown[] {
  const shown = items.slice(0, itemsMax).map(inner);
  return items.length > itemsMax ? [...shown, `… ${items.length - itemsMax} more`] : shown;
}

function mapEntries(
  entries: readonly (readonly [string, unknown])[],
  inner: (item: unknown) => unknown,
): Record<string, unknown> {
  const shown = entries
    .slice(0, itemsMax)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [key, secretKey.test(key) ? hidden : inner(item)] as const);
  const more = entries.length > itemsMax ? [['…', `${entries.length - itemsMax} more`] as const] : [];
  return Object.fromEntries([...shown, ...more]);
}
