import type { LogFields, Logger, LogLevel } from '@cloud-gateway/runtime';

export type LogEntry = LogFields & { readonly level: LogLevel; readonly message: string };

/** Hands over what it is told, and writes nothing. */
export function loggerTo(take: (entry: LogEntry) => void): Logger {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) =>
    take({ ...fields, level, message });
  const log: Logger = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
  };
  return log;
}

export const silentLog: Logger = loggerTo(() => undefined);
