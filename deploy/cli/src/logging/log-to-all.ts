import type { LogFields, Logger } from '@cloud-gateway/runtime';

/** One logger that writes every line to each of these. */
export function logToAll(loggers: readonly Logger[]): Logger {
  const [first] = loggers;
  if (first && loggers.length === 1) return first;
  const each = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) => {
    for (const log of loggers) log[level](message, fields);
  };
  return {
    debug: each('debug'),
    info: each('info'),
    warn: each('warn'),
    error: each('error'),
    child: (fields) => logToAll(loggers.map((log) => log.child(fields))),
  };
}
