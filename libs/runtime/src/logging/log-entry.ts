// A line before it is text: everything in it is already safe to print, and plain data.
import type { LogFields, LogLevel } from './logger.ts';
import { redact } from './redact.ts';

export interface LogEntry {
  readonly time: Date;
  readonly level: LogLevel;
  readonly service: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Makes fields safe to print, all in one object. Never throws: what cannot be read is replaced by a note. */
export function plainFields(fields: readonly LogFields[]): Readonly<Record<string, unknown>> {
  try {
    return redact(Object.assign({}, ...fields)) as Record<string, unknown>;
  } catch (err) {
    return { unprintable: err instanceof Error ? err.name : typeof err };
  }
}
