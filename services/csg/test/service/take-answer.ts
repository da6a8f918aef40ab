export interface WireAnswer {
  readonly status: number;
  /** In lower case; of several the last one. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without the framing. */
  readonly body: Buffer;
  readonly text: string;
}

/** Takes the first answer out of what came; undefined while it is not complete. */
export function takeAnswer(
  bytes: Buffer,
  { isHead, isEnded }: { readonly isHead: boolean; readonly isEnded: boolean },
): { readonly answer: WireAnswer; readonly usedBytes: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...fields] = bytes.toString('latin1', 0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) throw new Error(`no answer: ${JSON.stringify(statusLine)}`);
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  const start = end + 4;
  const body = takeBody(bytes, start, {
    headers,
    hasNone: isHead || status < 200 || status === 204 || status === 304,
    isEnded,
  });
  if (body === undefined) return undefined;
  const text = body.content.toString('utf8');
  return { answer: { status, headers, body: body.content, text }, usedBytes: body.end };
}

function takeBody(
  bytes: Buffer,
  start: number,
  { headers, hasNone, isEnded }: { headers: Record<string, string>; hasNone: boolean; isEnded: boolean },
): { content: Buffer; end: number } | undefined {
  if (hasNone) return { content: Buffer.alloc(0), end: start };
  if (headers['transfer-encoding'] === 'chunked') return takeChunks(bytes, start);
  const length = headers['content-length'];
  if (length === undefined)
    return isEnded ? { content: bytes.subarray(start), end: bytes.length } : undefined;
  const end = start + Number(length);
  return bytes.length < end ? undefined : { content: bytes.subarray(start, end), end };
}

function takeChunks(bytes: Buffer, start: number): { content: Buffer; end: number } | undefined {
  const pieces: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const dataEnd = lineEnd + 2 + size;
    if (bytes.length < dataEnd + 2) return undefined;
    if (size === 0) return { content: Buffer.concat(pieces), end: dataEnd + 2 };
    pieces.push(bytes.subarray(lineEnd + 2, dataEnd));
    at = dataEnd + 2;
  }
}
