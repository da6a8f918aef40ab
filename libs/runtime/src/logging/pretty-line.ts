// One short line for a person at a terminal. Everything that comes from outside is printed without control characters:
// a log must not be able to move the cursor.
import type { LogEntry } from './log-entry.ts';
import type { LogLevel } from './logger.ts';
import { scrubText } from './scrub-text.ts';

const levelColors: Readonly<Record<LogLevel, number>> = { debug: 90, info: 32, warn: 33, error: 31 };

export function prettyLine({ time, level, service, message, fields }: LogEntry, colors: boolean): string {
  const paint = (code: number, text: string): string => (colors ? `\u001b[${code}m${text}\u001b[0m` : text);
  const pairs = Object.entries(fields).map(([key, value]) => paint(90, `${key}=`) + shortValue(value));
  return [
    paint(90, time.toISOString().slice(11, 23)),
    paint(levelColors[level], level.toUpperCase().padEnd(5)),
    service.padEnd(13),
    withoutControls(scrubText(message)),
    ...pairs,
  ].join(' ');
}

function shortValue(value: unknown): string {
  if (isErrorFields(value)) return JSON.stringify(errorText(value));
  if (typeof value === 'string' && /^[\w.:/@+-]+$/.test(value)) return value;
  return JSON.stringify(value);
}

interface ErrorFields {
  readonly name: string;
  readonly message: string;
  readonly stack: unknown;
  readonly cause?: unknown;
}

function isErrorFields(value: unknown): value is ErrorFields {
  return (
    typeof value === 'object' && value !== null && 'stack' in value && 'name' in value && 'message' in value
  );
}

// The stack is for the JSON log; here the chain of messages has to do.
function errorText({ name, message, cause }: ErrorFields): string {
  return `${name}: ${message}${isErrorFields(cause) ? ` ← ${errorText(cause)}` : ''}`;
}

function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: to take them out is the purpose.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
