/** One line of a JSON log that names the request. */
export interface LogLine {
  readonly at: Date;
  readonly service: string;
  readonly level: string;
  readonly message: string;
  /** All the others of the line. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Undefined when the text is no line of a JSON log, or one of another request. */
export function parseLogLine(text: string, requestId: string): LogLine | undefined {
  try {
    const { time, service, level, message, ...fields } = JSON.parse(text) as Record<string, unknown>;
    const at = new Date(String(time));
    if (fields['requestId'] !== requestId || Number.isNaN(at.getTime())) return undefined;
    return { at, service: String(service), level: String(level), message: String(message), fields };
  } catch {
    return undefined;
  }
}
