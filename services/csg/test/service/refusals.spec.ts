// Everything that has to be refused, sent byte by byte: an answer in the called protocol's own shape, nothing that the
// cloud could act on, no error of ours.
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectErrorShape } from './expect-error-shape.ts';
import {
  bytesOf,
  type Draft,
  type DraftName,
  drafts,
  type Header,
  headerOf,
  headOf,
  presign,
  sign,
  signChunked,
  type WireRequest,
} from './signed-request.ts';
import { startProxy, type TestProxy } from './start-proxy.ts';
import type { WireAnswer } from './take-answer.ts';
import { openSocket } from './tunnel-client.ts';

const minuteMs = 60_000;

describe('the proxy refuses', function () {
  this.timeout(serverStartTimeoutMs);
  let proxy: TestProxy;
  /** What the usage records of known keys have to say, by the ids of the calls. */
  const refused = new Map<string, { outcome: string; refusal: string; status: number }>();

  before(async () => {
    proxy = await startProxy();
  });
  after(async () => {
    await proxy?.stop();
  });

  /** Sends it to the host of the draft, over a connection of its own. */
  async function ask(host: string, bytes: Buffer | string): Promise<WireAnswer> {
    const client = await proxy.connect(host);
    try {
      return await client.send(bytes).answer();
    } finally {
      client.close();
    }
  }

  async function expectRefused(
    { host, bytes }: { host: string; bytes: Buffer | string },
    { shape, code, refusal }: { shape: DraftName; code: string; refusal: string | undefined },
  ): Promise<WireAnswer> {
    const before = { heads: proxy.upstream.heads, requests: proxy.upstream.requests.length };
    const answer = await ask(host, bytes);
    expectErrorShape(answer, shape, code);
    expect(proxy.upstream.requests.length, 'complete requests at the cloud').to.equal(before.requests);
    expect(proxy.upstream.heads, 'requests at the cloud').to.equal(before.heads);
    if (refusal !== undefined) noteRefusal(answer, refusal);
    expect(proxy.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
    return answer;
  }

  function noteRefusal({ headers, status }: WireAnswer, refusal: string): void {
    refused.set(headers['x-cloud-gateway-call-id'] ?? '', { outcome: 'refused', refusal, status });
  }

  it('nothing of a request that is right', async () => {
    for (const draft of Object.values(drafts)) {
      const answer = await ask(draft.host, bytesOf(sign(draft, proxy.key)));
      expect(answer.status, draft.host).to.equal(200);
      const { headers, body } = proxy.upstream.requests.at(-1) ?? { headers: [], body: undefined };
      expect(headerOf(headers, 'authorization')).to.include(`Credential=${proxy.key.cloudAccessKeyId}/`);
      expect(body).to.deep.equal(draft.body);
    }
  });

  describe('whoever does not hold the key,', () => {
    const codes: Record<DraftName, { wrongSecret: string; unknown: string; late: string; scope: string }> = {
      json: {
        wrongSecret: 'InvalidSignatureException',
        unknown: 'UnrecognizedClientException',
        late: 'InvalidSignatureException',
        scope: 'InvalidSignatureException',
      },
      query: {
        wrongSecret: 'SignatureDoesNotMatch',
        unknown: 'InvalidClientTokenId',
        late: 'SignatureDoesNotMatch',
        scope: 'SignatureDoesNotMatch',
      },
      ec2: {
        wrongSecret: 'AuthFailure',
        unknown: 'AuthFailure',
        late: 'RequestExpired',
        scope: 'AuthFailure',
      },
      s3: {
        wrongSecret: 'SignatureDoesNotMatch',
        unknown: 'InvalidAccessKeyId',
        late: 'RequestTimeTooSkewed',
        scope: 'AuthorizationHeaderMalformed',
      },
      s3Get: {
        wrongSecret: 'SignatureDoesNotMatch',
        unknown: 'InvalidAccessKeyId',
        late: 'RequestTimeTooSkewed',
        scope: 'AuthorizationHeaderMalformed',
      },
      restJson: {
        wrongSecret: 'InvalidSignatureException',
        unknown: 'UnrecognizedClientException',
        late: 'InvalidSignatureException',
        scope: 'InvalidSignatureException',
      },
      restXml: {
        wrongSecret: 'SignatureDoesNotMatch',
        unknown: 'InvalidClientTokenId',
        late: 'SignatureDoesNotMatch',
        scope: 'SignatureDoesNotMatch',
      },
    };
    for (const shape of Object.keys(drafts) as DraftName[]) {
      const draft: Draft = drafts[shape];
      const { wrongSecret, unknown, late, scope } = codes[shape];

      it(`as ${shape}`, async () => {
        const { host } = draft;
        const { key } = proxy;
        const forged = replaceHeader(sign(draft, key), 'authorization', (value) =>
          value.replace(/Signature=.{4}/, 'Signature=0000'),
        );
        const mismatch = { shape, code: wrongSecret, refusal: 'signature-mismatch' };
        await expectRefused({ host, bytes: bytesOf(forged) }, mismatch);
        const guessed = { ...key, secret: 'another secret of the right length 00000' };
        await expectRefused({ host, bytes: bytesOf(sign(draft, guessed)) }, mismatch);
        const nobody = { ...key, accessKeyId: `${key.accessKeyId.slice(0, -4)}ABCD` };
        await expectRefused(
          { host, bytes: bytesOf(sign(draft, nobody)) },
          { shape, code: unknown, refusal: undefined },
        );
        for (const nowMs of [Date.now() - 301_000, Date.now() + 5 * minuteMs + 10_000]) {
          await expectRefused(
            { host, bytes: bytesOf(sign(draft, key, { nowMs })) },
            { shape, code: late, refusal: 'clock-skew' },
          );
        }
        for (const swapped of [{ service: 'sqs' }, { region: 'eu-west-1' }]) {
          const elsewhere = sign({ ...draft, ...swapped }, key);
          await expectRefused(
            { host, bytes: bytesOf(elsewhere) },
            { shape, code: scope, refusal: 'scope-mismatch' },
          );
        }
        const other = sign({ ...draft, host: 'sqs.us-east-1.amazonaws.com' }, key);
        await expectRefused(
          { host, bytes: bytesOf(other) },
          { shape, code: scope, refusal: 'host-mismatch' },
        );
      });
    }
  });

  describe('what was changed after it was signed:', () => {
    it('a body', async () => {
      for (const [shape, code, refusal] of [
        ['json', 'InvalidSignatureException', 'signature-mismatch'],
        ['query', 'SignatureDoesNotMatch', 'signature-mismatch'],
        ['s3', 'XAmzContentSHA256Mismatch', 'payload-hash-mismatch'],
      ] as const) {
        const { host } = drafts[shape];
        const signed = sign(drafts[shape], proxy.key);
        const swapped = { ...signed, body: Buffer.from(String(signed.body).replace(/.$/, '~')) };
        await expectRefused({ host, bytes: bytesOf(swapped) }, { shape, code, refusal });
      }
    });

    it('a body that was left out', async () => {
      for (const [shape, code, refusal] of [
        ['json', 'InvalidSignatureException', 'signature-mismatch'],
        ['s3', 'XAmzContentSHA256Mismatch', 'payload-hash-mismatch'],
      ] as const) {
        const { host } = drafts[shape];
        const signed = sign(drafts[shape], proxy.key);
        const without: WireRequest = { ...signed, body: Buffer.alloc(0) };
        await expectRefused({ host, bytes: bytesOf(without) }, { shape, code, refusal });
        const empty = { ...without, headers: [...without.headers, ['content-length', '0']] as Header[] };
        await expectRefused({ host, bytes: bytesOf(empty) }, { shape, code, refusal });
      }
    });

    it('the method, the target, a signed header', async () => {
      const { host } = drafts.s3;
      const signed = sign(drafts.s3, proxy.key);
      const changed = [
        { ...signed, method: 'POST' },
        { ...signed, target: signed.target.replace('dots', 'Dots') },
        { ...signed, target: signed.target.replace('?tagging', '?acl') },
        { ...signed, target: signed.target.replace('//', '/') },
        replaceHeader(signed, 'content-type', () => 'text/plain'),
      ];
      for (const request of changed) {
        await expectRefused(
          { host, bytes: bytesOf(request) },
          { shape: 's3', code: 'SignatureDoesNotMatch', refusal: 'signature-mismatch' },
        );
      }
    });

    it('an x-amz header that the signature does not cover', async () => {
      const { host } = drafts.s3;
      const request = sign(drafts.s3, proxy.key, { unsigned: [['x-amz-acl', 'public-read']] });
      await expectRefused(
        { host, bytes: bytesOf(request) },
        { shape: 's3', code: 'AuthorizationHeaderMalformed', refusal: undefined },
      );
    });
  });

  describe('what two readers could read in two ways:', () => {
    const once = ['Host', 'Authorization', 'X-Amz-Date', 'X-Amz-Content-Sha256'];
    for (const name of once) {
      it(`a second ${name}`, async () => {
        const { host } = drafts.s3;
        const signed = sign(drafts.s3, proxy.key);
        const value = headerOf(signed.headers, name.toLowerCase()) ?? '';
        for (const second of [value, 'something-else']) {
          const request = { ...signed, headers: [...signed.headers, [name, second] as const] };
          await expectRefused(
            { host, bytes: bytesOf(request) },
            { shape: 's3', code: 'InvalidRequest', refusal: undefined },
          );
        }
      });
    }

    const framings: Record<string, readonly Header[]> = {
      'Content-Length and Transfer-Encoding': [
        ['content-length', '5'],
        ['transfer-encoding', 'chunked'],
      ],
      'two Content-Length': [
        ['content-length', '45'],
        ['content-length', '45'],
      ],
      'two Content-Length that differ': [
        ['content-length', '45'],
        ['content-length', '0'],
      ],
      'a list in Content-Length': [['content-length', '45, 45']],
      'a sign in Content-Length': [['content-length', '+45']],
      'a hex Content-Length': [['content-length', '0x2d']],
      'an empty Content-Length': [['content-length', '']],
      'two Transfer-Encoding': [
        ['transfer-encoding', 'chunked'],
        ['transfer-encoding', 'chunked'],
      ],
      'Transfer-Encoding: identity': [['transfer-encoding', 'identity']],
      'Transfer-Encoding: gzip, chunked': [['transfer-encoding', 'gzip, chunked']],
      'Transfer-Encoding: xchunked': [['transfer-encoding', 'xchunked']],
      'Transfer-Encoding: "chunked"': [['transfer-encoding', '"chunked"']],
      'Transfer-Encoding with a vertical tab': [['transfer-encoding', '\x0bchunked']],
      'Transfer-Encoding with a blank before the colon': [['transfer-encoding ', 'chunked']],
    };
    for (const [name, headers] of Object.entries(framings)) {
      it(name, async () => {
        const { host } = drafts.json;
        const signed = sign(drafts.json, proxy.key);
        const request = { ...signed, headers: [...signed.headers, ...headers] };
        await expectRefused(
          { host, bytes: bytesOf(request) },
          { shape: 'json', code: 'ValidationException', refusal: undefined },
        );
      });
    }

    const heads: Record<string, (head: string) => string> = {
      'a folded header': (head) =>
        head.replace('\r\ncontent-type:', '\r\nx-folded: a\r\n b\r\ncontent-type:'),
      'a folded Transfer-Encoding': (head) =>
        head.replace('\r\ncontent-length:', '\r\ntransfer-encoding:\r\n chunked\r\ncontent-length:'),
      'a bare line feed': (head) => head.replace('\r\ncontent-type', '\ncontent-type'),
      'a bare line feed that hides a header': (head) =>
        head.replace('\r\ncontent-type', '\r\nx-a: b\nhost: evil\r\ncontent-type'),
      'a bare carriage return': (head) => head.replace('content-type: ', 'content-type: \r'),
      'a NUL in a value': (head) => head.replace('content-type: ', 'content-type: \0'),
      'a NUL in a name': (head) => head.replace('content-type', 'content\0-type'),
      'a line without a colon': (head) => head.replace('content-type: ', 'content-type '),
      'a header without a name': (head) => head.replace('content-type: ', ': '),
      'an absolute target': (head) => head.replace(' / ', ' https://dynamodb.us-east-1.amazonaws.com/ '),
      'an asterisk': (head) => head.replace('POST / ', 'OPTIONS * '),
      'an authority': (head) => head.replace('POST / ', 'CONNECT evil.example:443 '),
      'HTTP/1.0': (head) => head.replace('HTTP/1.1', 'HTTP/1.0'),
      'HTTP/2.0': (head) => head.replace('HTTP/1.1', 'HTTP/2.0'),
      'HTTP/0.9': (head) => head.replace(' HTTP/1.1', ''),
      'two blanks in the request line': (head) => head.replace('POST / ', 'POST  / '),
      'a tab in the request line': (head) => head.replace('POST / ', 'POST\t/ '),
      'a target outside of ASCII': (head) => head.replace(' / ', ' /\xe9 '),
      'Upgrade: websocket': (head) =>
        head.replace('\r\n\r\n', '\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
    };
    for (const [name, spoil] of Object.entries(heads)) {
      it(name, async () => {
        const { host, body } = drafts.json;
        const bytes = Buffer.concat([
          Buffer.from(spoil(headOf(sign(drafts.json, proxy.key))), 'latin1'),
          body,
        ]);
        await expectRefused(
          { host, bytes },
          { shape: 'json', code: 'ValidationException', refusal: undefined },
        );
      });
    }

    it('another expectation than 100-continue', async () => {
      const { host } = drafts.json;
      const request = sign(drafts.json, proxy.key, { unsigned: [['expect', 'a-miracle']] });
      const answer = await expectRefused(
        { host, bytes: bytesOf(request) },
        { shape: 'json', code: 'ValidationException', refusal: undefined },
      );
      expect(answer.status).to.equal(417);
    });

    it('HTTP/2', async () => {
      const { host } = drafts.json;
      const bytes = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0';
      await expectRefused(
        { host, bytes },
        { shape: 'json', code: 'ValidationException', refusal: undefined },
      );
    });

    it('a head that is too large', async () => {
      const { host } = drafts.json;
      const request = sign(drafts.json, proxy.key, { unsigned: [['x-padding', 'a'.repeat(70_000)]] });
      await expectRefused(
        { host, bytes: bytesOf(request) },
        { shape: 'json', code: 'ValidationException', refusal: undefined },
      );
    });
  });

  describe('what is signed by another scheme, by its name:', () => {
    const { host } = drafts.s3;
    const s3 = (headers: readonly Header[], target = '/key', method = 'GET'): Buffer =>
      bytesOf({ method, target, headers: [['host', host], ...headers], body: Buffer.alloc(0) });
    const credential = 'Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request';
    const schemes: Record<string, { bytes: Buffer; says: RegExp; code: string }> = {
      'not at all': { bytes: s3([]), says: /not signed/, code: 'AccessDenied' },
      'SigV2 in the header': {
        bytes: s3([['authorization', 'AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=']]),
        says: /version 2/,
        code: 'InvalidRequest',
      },
      'SigV2 in the query': {
        bytes: s3(
          [],
          '/key?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1141889120&Signature=vjbyPxybdZaNmGa',
        ),
        says: /version 2/,
        code: 'InvalidRequest',
      },
      SigV4A: {
        bytes: s3([
          ['authorization', `AWS4-ECDSA-P256-SHA256 ${credential}, SignedHeaders=host, Signature=00`],
        ]),
        says: /SigV4A/,
        code: 'InvalidRequest',
      },
      'a bearer token': {
        bytes: s3([['authorization', 'Bearer abc']]),
        says: /Bearer/,
        code: 'InvalidRequest',
      },
      'a POST policy': {
        bytes: s3([['content-type', 'multipart/form-data; boundary=x']], '/', 'POST'),
        says: /POST policy/,
        code: 'InvalidRequest',
      },
    };
    for (const [name, { bytes, says, code }] of Object.entries(schemes)) {
      it(name, async () => {
        const answer = await expectRefused({ host, bytes }, { shape: 's3', code, refusal: undefined });
        expect(answer.text).to.match(says);
      });
    }

    it('a session of S3 Express', async () => {
      const draft: Draft = { ...drafts.s3Get, headers: [['x-amz-s3session-token', 'a token']] };
      const answer = await expectRefused(
        { host, bytes: bytesOf(sign(draft, proxy.key)) },
        { shape: 's3', code: 'InvalidRequest', refusal: undefined },
      );
      expect(answer.text).to.match(/S3 Express/);
    });
  });

  describe('a presigned URL', () => {
    const { host } = drafts.s3Get;
    const refuse = (request: WireRequest, code: string, refusal: string) =>
      expectRefused({ host, bytes: bytesOf(request) }, { shape: 's3', code, refusal });

    it('is let through while it is good', async () => {
      const request = presign(drafts.s3Get, proxy.key, {
        nowMs: Date.now() - 30 * minuteMs,
        expiresSeconds: 3600,
      });
      expect((await ask(host, bytesOf(request))).status).to.equal(200);
      const { target, headers } = proxy.upstream.requests.at(-1) ?? { target: '', headers: [] };
      expect(target).to.include(`X-Amz-Credential=${proxy.key.cloudAccessKeyId}`);
      expect(headerOf(headers, 'authorization')).to.equal(undefined);
    });

    it('that has expired', () =>
      refuse(
        presign(drafts.s3Get, proxy.key, { nowMs: Date.now() - 62_000 }),
        'AccessDenied',
        'presigned-expired',
      ));

    it('of the future', () =>
      refuse(
        presign(drafts.s3Get, proxy.key, { nowMs: Date.now() + 5 * minuteMs + 10_000 }),
        'RequestTimeTooSkewed',
        'clock-skew',
      ));

    it('for another host', () =>
      refuse(
        presign({ ...drafts.s3Get, host: 'other.s3.us-east-1.amazonaws.com' }, proxy.key),
        'AuthorizationHeaderMalformed',
        'host-mismatch',
      ));

    it('of which the expiry, the key of the object or the signature was changed', async () => {
      const good = presign(drafts.s3Get, proxy.key);
      for (const [from, to] of [
        ['X-Amz-Expires=60', 'X-Amz-Expires=600'],
        ['/key', '/other'],
        ['X-Amz-Signature=', 'X-Amz-Signature=0'],
      ] as const) {
        const target = good.target.replace(from, to).replace(/(X-Amz-Signature=.{64}).*/, '$1');
        await refuse({ ...good, target }, 'SignatureDoesNotMatch', 'signature-mismatch');
      }
    });
  });

  // The head is right, so the cloud may have seen it; but it must never get the end.
  describe('a streamed body that is not what was signed, before its end reaches the cloud:', () => {
    const { host } = drafts.s3;
    const data = [Buffer.alloc(65_536, 'a'), Buffer.alloc(65_536, 'b'), Buffer.alloc(1000, 'c')];

    async function expectBroken(bytes: Buffer, code: string, refusal: string): Promise<void> {
      const before = proxy.upstream.requests.length;
      const answer = await ask(host, bytes);
      expectErrorShape(answer, 's3', code);
      expect(answer.headers['connection']).to.equal('close');
      await eventually(
        () =>
          proxy.upstream.peers.every(({ socket, heads, requests }) => heads === requests || socket.destroyed),
        {
          message: 'The cloud still waits for the rest',
        },
      );
      expect(proxy.upstream.requests.length).to.equal(before);
      noteRefusal(answer, refusal);
      expect(proxy.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
    }

    it('chunk-signed, but right', async () => {
      const upload = signChunked(drafts.s3, proxy.key, { data });
      expect((await ask(host, bytesOf(upload))).status).to.equal(200);
      expect(proxy.upstream.requests.at(-1)?.bodyBytes).to.equal(upload.body.length);
      expect(proxy.upstream.requests.at(-1)?.body.equals(upload.body), 'the signatures are others').to.equal(
        false,
      );
    });

    for (const wrong of [0, 1, 2, 3]) {
      it(`one byte or the signature of chunk ${wrong + 1} of 4`, async () => {
        for (const spoil of [spoilSignature, ...(wrong < 3 ? [spoilData] : [])]) {
          const upload = signChunked(drafts.s3, proxy.key, { data });
          const body = Buffer.concat(
            upload.chunks.map((chunk, index) => (index === wrong ? spoil(chunk) : chunk)),
          );
          await expectBroken(
            bytesOf({ ...upload, body }),
            'SignatureDoesNotMatch',
            'chunk-signature-mismatch',
          );
        }
      });
    }

    it('chunks in another order, or one of them twice', async () => {
      const upload = signChunked(drafts.s3, proxy.key, { data: [data[0], data[1], data[0]] as Buffer[] });
      const [first, second, third, last] = upload.chunks as [Buffer, Buffer, Buffer, Buffer];
      for (const chunks of [
        [second, first, third, last],
        [first, first, third, last],
      ]) {
        const bytes = bytesOf({ ...upload, body: Buffer.concat(chunks) });
        await expectBroken(bytes, 'SignatureDoesNotMatch', 'chunk-signature-mismatch');
      }
    });

    it('a decoded length that is wrong', async () => {
      for (const decodedBytes of [1, 132_071, 132_073, 999_999]) {
        const upload = signChunked(drafts.s3, proxy.key, { data, decodedBytes });
        await expectBroken(bytesOf(upload), 'InvalidRequest', 'malformed-request');
      }
    });

    it('chunk-signed, without any body', async () => {
      const upload = signChunked(drafts.s3, proxy.key, { data });
      const before = proxy.upstream.requests.length;
      const answer = await ask(host, bytesOf({ ...upload, body: Buffer.alloc(0) }));
      expectErrorShape(answer, 's3', 'InvalidRequest');
      expect(proxy.upstream.requests.length).to.equal(before);
    });

    it('a declared hash, of a large body', async () => {
      const body = Buffer.alloc(600_000, 'x');
      const signed = sign({ ...drafts.s3, body }, proxy.key);
      for (const at of [0, 300_000, 599_999]) {
        const swapped = Buffer.from(body);
        swapped[at] = 0x79;
        await expectBroken(
          bytesOf({ ...signed, body: swapped }),
          'XAmzContentSHA256Mismatch',
          'payload-hash-mismatch',
        );
      }
    });

    it('a declared hash, of a large body in chunks', async () => {
      const body = Buffer.alloc(600_000, 'x');
      const signed = sign({ ...drafts.s3, body }, proxy.key);
      const chunked = Buffer.from(`927c0\r\n${'y'.repeat(600_000)}\r\n0\r\n\r\n`);
      const request = {
        ...signed,
        headers: [...signed.headers, ['transfer-encoding', 'chunked'] as const],
        body: chunked,
      };
      await expectBroken(bytesOf(request), 'XAmzContentSHA256Mismatch', 'payload-hash-mismatch');
    });
  });

  describe('tunnels', () => {
    it('to a host that is no endpoint of AWS, or to another port', async () => {
      for (const [host, port] of [
        ['evil.example', 443],
        ['127.0.0.1', 443],
        ['amazonaws.com', 443],
        ['dynamodb.us-east-1.amazonaws.com.evil.example', 443],
        ['dynamodb.us-east-1.amazonaws.com', 80],
        ['169.254.169.254', 443],
      ] as const) {
        const answer = await askPlainly(proxy.port, `CONNECT ${host}:${port} HTTP/1.1\r\n\r\n`);
        expect(answer, host).to.match(/^HTTP\/1\.1 403 /);
      }
    });

    it('in which the handshake is for another host', async () => {
      const opened = proxy.connect('dynamodb.us-east-1.amazonaws.com', {
        serverName: 'sns.us-east-1.amazonaws.com',
      });
      await opened.then(
        () => expect.fail('there was a handshake'),
        (err: Error) => expect(err.message).to.match(/unrecognized|alert|closed/i),
      );
      expect(proxy.logged.some(({ message }) => message.includes('Cannot establish TLS'))).to.equal(true);
    });
  });

  describe('afterwards', () => {
    it('there is a usage record of each refusal of a known key', async () => {
      expect(refused.size).to.be.above(50);
      await eventually(
        async () => {
          const stored = new Map(
            (await proxy.ground.storedCalls(proxy.key, 1)).map((call) => [call.id, call]),
          );
          for (const [id, expected] of refused) expect(stored.get(id)).to.include(expected);
          return true;
        },
        { intervalMs: 200 },
      );
    });
  });
});

async function askPlainly(port: number, text: string): Promise<string> {
  const socket = await openSocket(port);
  let received = '';
  socket.on('data', (bytes: Buffer) => {
    received += bytes.toString('latin1');
  });
  socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve));
  return received;
}

function replaceHeader(request: WireRequest, wanted: string, change: (value: string) => string): WireRequest {
  const headers = request.headers.map(
    ([name, value]): Header => [name, name === wanted ? change(value) : value],
  );
  return { ...request, headers };
}

function spoilSignature(chunk: Buffer): Buffer {
  const spoiled = Buffer.from(chunk);
  const at = spoiled.indexOf('chunk-signature=') + 20;
  spoiled[at] = spoiled[at] === 0x30 ? 0x31 : 0x30;
  return spoiled;
}

function spoilData(chunk: Buffer): Buffer {
  const spoiled = Buffer.from(chunk);
  spoiled[chunk.length - 3] = 0x7a;
  return spoiled;
}
