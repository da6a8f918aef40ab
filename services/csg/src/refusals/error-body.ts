// The bodies of AWS errors, one function for each shape.

interface CodeAndMessage {
  readonly code: string;
  readonly message: string;
}

/**
 * Amazon S3 API Reference, "REST error responses". ServerTime is there only with RequestTimeTooSkewed; the SDK for
 * JavaScript sets its clock by it.
 */
export function s3ErrorBody({
  code,
  message,
  requestId,
  hostId,
  nowMs,
}: CodeAndMessage & {
  readonly requestId: string;
  readonly hostId: string;
  readonly nowMs: number;
}): Buffer {
  const isSkewed = code === 'RequestTimeTooSkewed';
  const serverTime = isSkewed ? element('ServerTime', new Date(nowMs).toISOString()) : '';
  return xml(
    `<Error>${codeAndMessage({ code, message })}${serverTime}${element('RequestId', requestId)}${element('HostId', hostId)}</Error>`,
  );
}

/** Of the query protocol and of rest-xml. No namespace: each service has its own, and no client looks at it. */
export function queryErrorBody({
  code,
  message,
  requestId,
  fault,
}: CodeAndMessage & {
  readonly requestId: string;
  readonly fault: 'Sender' | 'Receiver';
}): Buffer {
  return xml(
    `<ErrorResponse><Error>${element('Type', fault)}${codeAndMessage({ code, message })}</Error>${element('RequestId', requestId)}</ErrorResponse>`,
  );
}

/** The id is spelled RequestID in the errors of EC2, and in none of its other answers. */
export function ec2ErrorBody({
  code,
  message,
  requestId,
}: CodeAndMessage & { readonly requestId: string }): Buffer {
  return xml(
    `<Response><Errors><Error>${codeAndMessage({ code, message })}</Error></Errors>${element('RequestID', requestId)}</Response>`,
  );
}

export function jsonErrorBody({ code, message }: CodeAndMessage): Buffer {
  return Buffer.from(JSON.stringify({ __type: code, message }));
}

/** Smithy RPC v2 CBOR: a map of two texts (RFC 8949). */
export function cborErrorBody({ code, message }: CodeAndMessage): Buffer {
  return Buffer.concat([
    cborMapOfTwo,
    cborText('__type'),
    cborText(code),
    cborText('message'),
    cborText(message),
  ]);
}

function xml(root: string): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${root}`);
}

function codeAndMessage({ code, message }: CodeAndMessage): string {
  return element('Code', code) + element('Message', message);
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

const xmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A reader would make spaces of them.
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** What XML 1.0 has no way of writing becomes U+FFFD; the encoder does the same with half surrogates. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>"'\t\n\r]/g, (character) => xmlEntities[character] ?? character)
    .replace(notInXml, '\uFFFD');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be found
const notInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const cborMapOfTwo = Buffer.from([0xa2]);

function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([cborTextHead(bytes.length), bytes]);
}

function cborTextHead(length: number): Buffer {
  if (length < 24) return Buffer.from([0x60 | length]);
  if (length < 0x100) return Buffer.from([0x78, length]);
  if (length < 0x10000) return Buffer.from([0x79, length >> 8, length & 0xff]);
  const head = Buffer.from([0x7a, 0, 0, 0, 0]);
  head.writeUInt32BE(length, 1);
  return head;
}
