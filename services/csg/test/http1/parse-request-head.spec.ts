import { createServer, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { expect } from 'chai';
import { requestFraming } from '../../src/http1/body-framing.ts';
import { parseRequestHead } from '../../src/http1/parse-request-head.ts';

const whole = (...lines: string[]) => lines.join('\r\n');

describe('parseRequestHead', () => {
  it('reads the line and the headers as they were sent', () => {
    const head = parseRequestHead(
      whole(
        'PUT /a//b/../c%20d?x=1&x HTTP/1.1',
        'Host: s3.amazonaws.com',
        'X-Amz-Meta-A:  two  spaces\t',
        'x-amz-meta-a: \xe9',
      ),
    );
    expect(head).to.deep.equal({
      method: 'PUT',
      target: '/a//b/../c%20d?x=1&x',
      minorVersion: 1,
      headers: ['Host', 's3.amazonaws.com', 'X-Amz-Meta-A', 'two  spaces', 'x-amz-meta-a', '\xe9'],
    });
  });

  const refused: readonly [string, string][] = [
    ['a folded header', whole('GET / HTTP/1.1', 'host: a', ' b: c')],
    ['a blank before the colon', whole('GET / HTTP/1.1', 'host : a')],
    ['a header without a name', whole('GET / HTTP/1.1', ': a')],
    ['a line without a colon', whole('GET / HTTP/1.1', 'host')],
    ['a bare line feed', 'GET / HTTP/1.1\nhost: a'],
    ['a line feed in a value', whole('GET / HTTP/1.1', 'host: a\nx: b')],
    ['a carriage return in a value', whole('GET / HTTP/1.1', 'host: a\rx: b')],
    ['a zero byte', whole('GET / HTTP/1.1', 'host: a\0')],
    ['absolute form', whole('GET http://a/ HTTP/1.1', 'host: a')],
    ['authority form', whole('CONNECT a:443 HTTP/1.1', 'host: a')],
    ['asterisk form', whole('OPTIONS * HTTP/1.1', 'host: a')],
    ['a blank in the target', whole('GET /a b HTTP/1.1', 'host: a')],
    ['bytes beyond ASCII in the target', whole('GET /\xe9 HTTP/1.1', 'host: a')],
    ['HTTP/2', whole('PRI * HTTP/2.0', '')],
    ['HTTP/1.2', whole('GET / HTTP/1.2', 'host: a')],
    ['two blanks', whole('GET  / HTTP/1.1', 'host: a')],
    ['a method that is no token', whole('GE(T / HTTP/1.1', 'host: a')],
    ['nothing', ''],
  ];
  for (const [what, text] of refused) {
    it(`refuses ${what}`, () => expect(parseRequestHead(text)).to.equal(undefined));
  }

  // The other reader is llhttp in its strict mode, which half the world's servers are built on: what we take for a
  // request has to be the same request to it, or something could be smuggled past one of the two.
  it('reads nothing that another parser reads otherwise, over 20,000 damaged requests', async function () {
    this.timeout(60_000);
    const random = seededRandom(20_261_122);
    let accepted = 0;
    let compared = 0;
    for (let i = 0; i < 20_000; i += 1) {
      const text = damaged(random);
      const end = text.indexOf('\r\n\r\n');
      const head = end < 0 ? undefined : parseRequestHead(text.slice(0, end));
      const framing = head && requestFraming(head);
      if (!head || !framing) continue;
      accepted += 1;
      const theirs = await readByNode(text);
      if (theirs === 'refused') continue;
      compared += 1;
      expect({ ...theirs, text }).to.deep.equal({
        method: head.method,
        target: head.target,
        headers: head.headers,
        framing: framing.kind === 'length' ? `length ${framing.bytes}` : framing.kind,
        text,
      });
    }
    expect({ accepted: accepted > 1000, compared: compared > 1000 }).to.deep.equal({
      accepted: true,
      compared: true,
    });
  });
});

const originals = [
  whole(
    'POST / HTTP/1.1',
    'Host: dynamodb.us-east-1.amazonaws.com',
    'Content-Length: 5',
    'X-Amz-Target: A.B',
    '',
    'hello',
  ),
  whole(
    'PUT /bucket/key HTTP/1.1',
    'Host: s3.amazonaws.com',
    'Transfer-Encoding: chunked',
    '',
    '5',
    'hello',
    '0',
    '',
    '',
  ),
  whole(
    'GET /?a=b HTTP/1.1',
    'Host: sts.amazonaws.com',
    'Authorization: AWS4-HMAC-SHA256 Credential=a/b',
    '',
    '',
  ),
];

const fragments = [
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\t',
  ':',
  '\0',
  ',',
  'Content-Length: 0\r\n',
  'Content-Length: 10\r\n',
  'content-length:5\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: identity\r\n',
  'transfer-encoding: chunked, chunked\r\n',
  'Host: evil\r\n',
  ' folded\r\n',
  'HTTP/1.0',
  'HTTP/2.0',
  '+5',
  '0x5',
  '5 ',
  '\x0b',
  '\xa0',
  '\x7f',
  '%00',
  '#',
  '\\',
];

function damaged(random: () => number): string {
  let text = originals[Math.floor(random() * originals.length)] ?? '';
  const times = 1 + Math.floor(random() * 3);
  for (let i = 0; i < times; i += 1) {
    const at = Math.floor(random() * text.length);
    const fragment = fragments[Math.floor(random() * fragments.length)] ?? '';
    const kind = random();
    if (kind < 0.4) {
      // At the beginning of a line, where whole headers fit.
      const line = text.indexOf('\r\n', at);
      const where = line < 0 ? at : line + 2;
      text = text.slice(0, where) + fragment + text.slice(where);
    } else if (kind < 0.7) text = text.slice(0, at) + fragment + text.slice(at);
    else if (kind < 0.85) text = text.slice(0, at) + text.slice(at + 1);
    else text = text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at + 1);
  }
  return text;
}

interface ReadRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  readonly framing: string;
}

const server = createServer({ insecureHTTPParser: false, requireHostHeader: false });

function readByNode(text: string): Promise<ReadRequest | 'refused'> {
  return new Promise((resolve) => {
    const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    const onRequest = (request: IncomingMessage) => finish(described(request));
    const onError = () => finish('refused');
    const finish = (answer: ReadRequest | 'refused') => {
      server
        .off('request', onRequest)
        .off('clientError', onError)
        .off('upgrade', onRequest)
        .off('connect', onRequest);
      socket.destroy();
      resolve(answer);
    };
    server
      .on('request', onRequest)
      .on('clientError', onError)
      .on('upgrade', onRequest)
      .on('connect', onRequest);
    server.emit('connection', socket);
    socket.push(Buffer.from(text, 'latin1'));
    // What is not complete for the other parser, it has not accepted.
    setImmediate(() => setImmediate(() => finish('refused')));
  });
}

function described(request: IncomingMessage): ReadRequest {
  const length = request.headers['content-length'];
  const isChunked = request.headers['transfer-encoding'] === 'chunked';
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers: request.rawHeaders,
    framing: isChunked
      ? 'chunked'
      : length === undefined || Number(length) === 0
        ? 'none'
        : `length ${Number(length)}`,
  };
}

function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
