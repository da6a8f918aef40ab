export interface RequestToWrite {
  readonly method: string;
  readonly target: string;
  /** By name; host among them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Start line and header fields with the empty line. */
export function requestText({ method, target, headers }: RequestToWrite): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
