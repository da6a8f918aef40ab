import type { LogEntry } from './log-entry.ts';
import { scrubText } from './scrub-text.ts';

const reserved = new Set(['time', 'level', 'service', 'message']);

/** Writes an entry as one line of JSON, fields flat. A field named like one of ours gets an underscore behind its name. */
export function jsonLine({ time, level, service, message, fields }: LogEntry): string {
  const flat = Object.entries(fields).map(([key, value]) => [reserved.has(key) ? `${key}_` : key, value]);
  return JSON.stringify({
    time: time.toISOString(),
    level,
    service,
    message: scrubText(message),
    ...Object.fromEntries(flat),
  });
}
