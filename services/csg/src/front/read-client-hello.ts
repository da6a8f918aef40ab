// What a TLS client says first (RFC 8446 4.1.2, RFC 5246 7.4.1.2): read, before OpenSSL gets it, for the name that the
// client wants (RFC 6066 3). Pure; the bytes come from anybody.

export type ClientHello =
  /** `serverName` is in lower case; undefined when the client sent none. */
  | { readonly kind: 'hello'; readonly serverName: string | undefined }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Larger than any real one: with post-quantum key shares and a session ticket they have 2 to 3 KB. */
export const clientHelloBytesMax = 16_384;

/** Gives undefined while more bytes are needed, which there never are after clientHelloBytesMax. */
export function readClientHello(bytes: Buffer): ClientHello | undefined {
  try {
    const message = readHandshakeMessage(bytes);
    return message && { kind: 'hello', serverName: readServerName(message) };
  } catch (err) {
    if (err instanceof MalformedHello) return { kind: 'malformed', reason: err.message };
    throw err;
  }
}

class MalformedHello extends Error {}

const contentTypeHandshake = 22;
const handshakeTypeClientHello = 1;
const recordHeaderBytes = 5;
const recordBodyBytesMax = 16_384;
/** A client may split its hello into records, but has no reason to do so often. */
const recordsMax = 16;

// The body of the ClientHello, put together from the records that it is in.
function readHandshakeMessage(bytes: Buffer): Reader | undefined {
  const fragments: Buffer[] = [];
  let offset = 0;
  let gathered = 0;
  while (fragments.length < recordsMax) {
    assertRecordHeader(bytes, offset);
    if (bytes.length < offset + recordHeaderBytes) return needMore(bytes);
    const length = bytes.readUInt16BE(offset + 3);
    if (length === 0 || length > recordBodyBytesMax)
      throw new MalformedHello('a record of impossible length');
    const fragment = bytes.subarray(offset + recordHeaderBytes, offset + recordHeaderBytes + length);
    fragments.push(fragment);
    gathered += fragment.length;
    const message = readMessage(fragments, gathered);
    if (message) return message;
    if (fragment.length < length) return needMore(bytes);
    offset += recordHeaderBytes + length;
  }
  throw new MalformedHello('a ClientHello in too many records');
}

// As much of the header as is there: whoever does not speak TLS is told with his first bytes.
function assertRecordHeader(bytes: Buffer, offset: number): void {
  const type = bytes[offset];
  if (type !== undefined && type !== contentTypeHandshake) throw new MalformedHello('not TLS');
  const majorVersion = bytes[offset + 1];
  if (majorVersion !== undefined && majorVersion !== 3) throw new MalformedHello('not TLS');
}

function needMore(bytes: Buffer): undefined {
  if (bytes.length >= clientHelloBytesMax) throw new MalformedHello('a ClientHello that is too long');
  return undefined;
}

function readMessage(fragments: readonly Buffer[], gathered: number): Reader | undefined {
  const [first = Buffer.alloc(0)] = fragments;
  const bytes = fragments.length === 1 ? first : Buffer.concat(fragments, gathered);
  if (bytes.length > 0 && bytes[0] !== handshakeTypeClientHello)
    throw new MalformedHello('not a ClientHello');
  if (bytes.length < 4) return undefined;
  const length = bytes.readUIntBE(1, 3);
  if (length > clientHelloBytesMax) throw new MalformedHello('a ClientHello that is too long');
  return bytes.length < 4 + length ? undefined : new Reader(bytes.subarray(4, 4 + length));
}

const extensionServerName = 0;
const nameTypeHost = 0;

function readServerName(hello: Reader): string | undefined {
  hello.skip(2 + 32); // legacy_version, random
  hello.skipVector(1); // legacy_session_id
  hello.skipVector(2); // cipher_suites
  hello.skipVector(1); // legacy_compression_methods
  if (hello.isAtEnd) return undefined; // before TLS 1.3, extensions may be absent
  const extensions = hello.readVector(2);
  let serverName: string | undefined;
  while (!extensions.isAtEnd) {
    const type = extensions.readUnsigned(2);
    const body = extensions.readVector(2);
    if (type !== extensionServerName) continue;
    if (serverName !== undefined) throw new MalformedHello('two server names');
    serverName = readHostName(body);
  }
  return serverName;
}

// A list, by the RFC; but of one kind of name there is, and of each kind there may be only one.
function readHostName(extension: Reader): string {
  const list = extension.readVector(2);
  if (list.readUnsigned(1) !== nameTypeHost) throw new MalformedHello('a server name of an unknown type');
  const name = list.readVector(2).rest().toString('latin1');
  if (!list.isAtEnd || !extension.isAtEnd) throw new MalformedHello('two server names');
  if (!hostName.test(name)) throw new MalformedHello('a server name that is no host name');
  return name.toLowerCase();
}

// RFC 1123, and the underscore, which old buckets have.
const hostName = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/i;

/** Reads on from where the last reading ended; throws MalformedHello instead of reading over the end. */
class Reader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  readUnsigned(byteCount: number): number {
    return this.#take(byteCount).readUIntBE(0, byteCount);
  }

  /** Bytes behind their length, which has `lengthBytes` bytes. */
  readVector(lengthBytes: number): Reader {
    return new Reader(this.#take(this.readUnsigned(lengthBytes)));
  }

  skipVector(lengthBytes: number): void {
    this.#take(this.readUnsigned(lengthBytes));
  }

  skip(byteCount: number): void {
    this.#take(byteCount);
  }

  rest(): Buffer {
    return this.#take(this.#bytes.length - this.#offset);
  }

  #take(byteCount: number): Buffer {
    const end = this.#offset + byteCount;
    if (end > this.#bytes.length) throw new MalformedHello('a length beyond the end');
    const taken = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }
}
