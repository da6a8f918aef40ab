// What the rest of the code knows of logging. One line per finished unit of work, with outcome and `durationMs`.

export type LogFields = Readonly<Record<string, unknown>>;

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Pass an error as the field `err`. Never throws, whatever the fields hold. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Gives a logger that adds `fields` to every line. */
  child(fields: LogFields): Logger;
}
