// Spoils the bytes of a request in one of many ways. Everything comes from one seed, so that a failure can be repeated.

/** 0 ≤ x < 1, the same row of them for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Mutation {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Two requests: some ways put a part of one into the other. One character per byte. */
export interface Material {
  readonly request: string;
  readonly other: string;
}

type Mutate = (material: Material, random: Random) => string;

interface Random {
  below(end: number): number;
  oneOf<T>(things: readonly T[]): T;
}

export function mutateRequest(material: Material, next: () => number): Mutation {
  const random: Random = {
    below: (end) => Math.floor(next() * end),
    oneOf: (things) => things[Math.floor(next() * things.length)] as (typeof things)[number],
  };
  const name = random.oneOf(Object.keys(mutations) as (keyof typeof mutations)[]);
  let text = mutations[name](material, random);
  // Now and then two at once.
  if (random.below(4) === 0) {
    const second = random.oneOf(Object.keys(mutations) as (keyof typeof mutations)[]);
    text = mutations[second]({ ...material, request: text }, random);
    return { name: `${name}, ${second}`, bytes: Buffer.from(text, 'latin1') };
  }
  return { name, bytes: Buffer.from(text, 'latin1') };
}

const evilTokens = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  '\t',
  '%00',
  '%2e%2e/',
  '//',
  '../',
  '\x80',
  '\xff',
  ',',
  ';',
  ':',
  '=',
];

const evilHeaders = [
  'Transfer-Encoding: chunked',
  'Transfer-Encoding:\tchunked',
  'Transfer-Encoding: chunked, identity',
  'transfer-encoding : chunked',
  'Content-Length: 0',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 00045',
  'Content-Length: 99999999999999999999',
  'Host: evil.example',
  'Host:',
  'X-Amz-Date: 20260101T000000Z',
  'X-Amz-Content-Sha256: UNSIGNED-PAYLOAD',
  'X-Amz-Content-Sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'X-Amz-Security-Token: abc',
  'X-Amz-Acl: public-read',
  'X-Amz-Target: DynamoDB_20120810.DeleteTable',
  'x-amzn-query-mode: true',
  'Connection: close',
  'Connection: keep-alive, content-type, x-amz-target, host',
  'Connection: authorization, x-amz-date',
  'Upgrade: websocket',
  'Expect: 100-continue',
  'Expect: 200-ok',
  'TE: trailers',
  'Trailer: x-amz-date',
  'Content-Encoding: gzip',
  ' folded: value',
  'X-Forwarded-Host: evil.example',
  'X-HTTP-Method-Override: DELETE',
  'Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0',
  `X-Long: ${'a'.repeat(5000)}`,
];

const mutations = {
  'a byte flipped': ({ request }, random) => {
    const at = random.below(request.length);
    return replaceAt(request, at, 1, String.fromCharCode(request.charCodeAt(at) ^ (1 << random.below(8))));
  },
  'a byte of the head flipped': ({ request }, random) => {
    const at = random.below(headLength(request));
    return replaceAt(request, at, 1, String.fromCharCode(request.charCodeAt(at) ^ (1 << random.below(8))));
  },
  'any byte instead': ({ request }, random) =>
    replaceAt(request, random.below(request.length), 1, String.fromCharCode(random.below(256))),
  'a byte left out': ({ request }, random) => replaceAt(request, random.below(request.length), 1, ''),
  'a few bytes left out': ({ request }, random) =>
    replaceAt(request, random.below(request.length), 1 + random.below(40), ''),
  'something put in': ({ request }, random) =>
    replaceAt(request, random.below(headLength(request)), 0, random.oneOf(evilTokens)),
  'a part twice': ({ request }, random) => {
    const at = random.below(request.length);
    return replaceAt(request, at, 0, request.slice(at, at + random.below(100)));
  },
  'a header twice': changeLines((lines, random) =>
    lines.splice(random.below(lines.length), 0, random.oneOf(lines)),
  ),
  'a header left out': changeLines((lines, random) => lines.splice(random.below(lines.length), 1)),
  'headers in another order': changeLines((lines, random) => {
    lines.push(...lines.splice(random.below(lines.length), 1 + random.below(3)));
  }),
  'a name in another case': changeLines((lines, random) => {
    const at = random.below(lines.length);
    lines[at] = (lines[at] ?? '').replace(/^[^:]*/, (name) =>
      [...name].map((letter) => (random.below(2) ? letter.toUpperCase() : letter)).join(''),
    );
  }),
  'a value in another case': changeLines((lines, random) => {
    const at = random.below(lines.length);
    lines[at] = (lines[at] ?? '').replace(/:.*/, (value) => value.toUpperCase());
  }),
  'blanks around a value': changeLines((lines, random) => {
    const at = random.below(lines.length);
    lines[at] = (lines[at] ?? '').replace(
      /:(.*)/,
      (_all, value) => `:${random.oneOf(['', '  ', '\t'])}${value} \t`,
    );
  }),
  'two values swapped': changeLines((lines, random) => {
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    const split = (line = '') =>
      [line.slice(0, line.indexOf(':') + 1), line.slice(line.indexOf(':') + 1)] as const;
    const [[nameA, valueA], [nameB, valueB]] = [split(lines[a]), split(lines[b])];
    lines[a] = `${nameA}${valueB}`;
    lines[b] = `${nameB}${valueA}`;
  }),
  'a further header': changeLines((lines, random) => {
    lines.splice(random.below(lines.length + 1), 0, random.oneOf(evilHeaders));
  }),
  'another length': ({ request }, random) =>
    request.replace(
      /(content-length: )(\d+)/i,
      (_all, name, length) => `${name}${Number(length) + random.below(7) - 3}`,
    ),
  'a header of another request': ({ request, other }, random) =>
    changeLines((lines) => lines.splice(random.below(lines.length), 1, random.oneOf(linesOf(other))))(
      { request, other },
      random,
    ),
  'the body of another request': ({ request, other }) =>
    request.slice(0, headLength(request)) + other.slice(headLength(other)),
  'the request line of another request': ({ request, other }) =>
    other.slice(0, other.indexOf('\r\n')) + request.slice(request.indexOf('\r\n')),
  'an end too early': ({ request }, random) => request.slice(0, random.below(request.length)),
  'another request behind it': ({ request, other }) => request + other,
  'itself behind it': ({ request }) => request + request,
  'noise behind it': ({ request }, random) => request + noise(random, 200),
  'noise before it': ({ request }, random) => noise(random, 20) + request,
  'empty lines before it': ({ request }, random) => '\r\n'.repeat(random.below(4)) + request,
  nothing: ({ request }) => request,
} satisfies Record<string, Mutate>;

function headLength(request: string): number {
  const end = request.indexOf('\r\n\r\n');
  return end < 0 ? request.length : end + 4;
}

function replaceAt(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}

function linesOf(request: string): string[] {
  return request.slice(0, headLength(request)).split('\r\n').slice(1, -2);
}

function changeLines(change: (lines: string[], random: Random) => void): Mutate {
  return ({ request }, random) => {
    const lines = linesOf(request);
    if (lines.length === 0) return request;
    change(lines, random);
    const firstLine = request.slice(0, request.indexOf('\r\n'));
    return `${firstLine}\r\n${lines.join('\r\n')}\r\n\r\n${request.slice(headLength(request))}`;
  };
}

function noise(random: Random, bytesMax: number): string {
  return Array.from({ length: 1 + random.below(bytesMax) }, () =>
    String.fromCharCode(random.below(256)),
  ).join('');
}
