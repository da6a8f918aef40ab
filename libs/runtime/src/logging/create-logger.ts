// The logger of a process: winston writes, this package decides what a line looks like. Fields reach winston under one
// symbol, because winston merges plain fields into its own object and glues `fields.message` to the message.
import type { Writable } from 'node:stream';
import type { TransformableInfo } from 'logform';
import { createLogger as createWinston, transports, format as winstonFormat } from 'winston';
import { jsonLine } from './json-line.ts';
import { type LogEntry, plainFields } from './log-entry.ts';
import { type LogFields, type Logger, type LogLevel, logLevels } from './logger.ts';
import { prettyLine } from './pretty-line.ts';

export interface LoggerOptions {
  /** Name of the process; on every line. */
  readonly service: string;
  /** Default: info. */
  readonly level?: LogLevel;
  /** Default: json. `pretty` is for a terminal. */
  readonly format?: 'json' | 'pretty';
  /** Default: standard output. */
  readonly destination?: Writable;
  /** The clock; default: the system's. */
  readonly now?: () => Date;
}

export function createLogger(options: LoggerOptions): Logger {
  const {
    service,
    level = 'info',
    format = 'json',
    destination = process.stdout,
    now = () => new Date(),
  } = options;
  const colors = format === 'pretty' && 'isTTY' in destination && destination.isTTY === true;
  const toLine = (entry: LogEntry): string =>
    format === 'json' ? jsonLine(entry) : prettyLine(entry, colors);
  const winston = createWinstonFor(destination, toLine);

  const write: Write = (entryLevel, message, fields) => {
    const entry: LogEntry = { time: now(), level: entryLevel, service, message, fields: plainFields(fields) };
    winston.log({ level: entryLevel, message: '', [entryKey]: entry });
  };

  return new FieldLogger({ write, threshold: logLevels.indexOf(level) }, []);
}

/** Later fields win over earlier ones of the same name. */
type Write = (level: LogLevel, message: string, fields: readonly LogFields[]) => void;

const entryKey = Symbol('entry');
// Where winston's transports look for the finished line (the package triple-beam calls it MESSAGE).
const lineKey = Symbol.for('message');

interface Sink {
  readonly write: Write;
  /** Index of the lowest level that is written. */
  readonly threshold: number;
}

/** A child is made for every request, and most lines of most requests are not written: both must cost next to nothing. */
class FieldLogger implements Logger {
  readonly #sink: Sink;
  readonly #bound: readonly LogFields[];

  constructor(sink: Sink, bound: readonly LogFields[]) {
    this.#sink = sink;
    this.#bound = bound;
  }

  debug(message: string, fields?: LogFields): void {
    this.#write('debug', 0, message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#write('info', 1, message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write('warn', 2, message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write('error', 3, message, fields);
  }

  child(fields: LogFields): Logger {
    return new FieldLogger(this.#sink, [...this.#bound, fields]);
  }

  #write(level: LogLevel, index: number, message: string, fields: LogFields | undefined): void {
    if (index < this.#sink.threshold) return;
    this.#sink.write(level, message, fields === undefined ? this.#bound : [...this.#bound, fields]);
  }
}

function createWinstonFor(destination: Writable, toLine: (entry: LogEntry) => string) {
  // A log that cannot be written (`| head` has closed the pipe) must not end the process.
  if (destination.listenerCount('error') === 0) destination.on('error', () => {});
  const render = winstonFormat((info: TransformableInfo) => {
    info[lineKey] = toLine(info[entryKey] as LogEntry);
    return info;
  });
  return createWinston({
    levels: { error: 0, warn: 1, info: 2, debug: 3 },
    level: 'debug',
    format: render(),
    transports: [new transports.Stream({ stream: destination, eol: '\n' })],
  });
}
