import { expect } from 'chai';
import { type ChunkChainStart, createChunkChain } from '../src/chunk-chain.ts';
import { createChunkResigner } from '../src/chunk-resigner.ts';
import { parseAuthorization } from '../src/parse-authorization.ts';
import { readChunkedBody } from '../src/read-chunked-body.ts';
import type { Refusal } from '../src/refusal.ts';
import { resignRequest } from '../src/resign-request.ts';
import { sha256Hex } from '../src/sha256.ts';
import { verifySignature } from '../src/verify-signature.ts';
import {
  bodyOf,
  type ChunkedExample,
  exampleBytes,
  exampleScope,
  exampleSecret,
  startOf,
  withoutTrailer,
  withTrailer,
} from './chunked-example.ts';

const ours: ChunkChainStart = {
  signature: 'f'.repeat(64),
  amzDate: '20260102T030405Z',
  scope: { ...exampleScope, day: '20260102' },
  secret: { id: 'ours', secretAccessKey: 'another/SECRET+of/the/CLOUD' },
};

interface Run {
  readonly example: ChunkedExample;
  readonly body: Buffer;
  readonly verify?: ChunkChainStart;
  readonly sign?: ChunkChainStart;
  readonly decodedBytes?: number;
  readonly chunkBytesMax?: number;
  /** In how many bytes at once the body arrives. */
  readonly pieceBytes?: number;
}

/** Pushes a whole body through; gives what came out, or the refusal. */
function run(given: Run): Buffer | Refusal {
  const { example, body, verify = startOf(example), sign = ours, pieceBytes = body.length } = given;
  const resigner = createChunkResigner({
    verify,
    sign,
    trailer: example.trailerSignature !== undefined,
    decodedBytes: given.decodedBytes ?? exampleBytes,
    ...(given.chunkBytesMax !== undefined && { chunkBytesMax: given.chunkBytesMax }),
  });
  const output: Buffer[] = [];
  for (let at = 0; at < body.length; at += pieceBytes) {
    const pieces = resigner.push(body.subarray(at, at + pieceBytes));
    if ('ok' in pieces) return pieces;
    output.push(...pieces);
  }
  return resigner.end() ?? Buffer.concat(output);
}

const reasonOf = (result: Buffer | Refusal) => (Buffer.isBuffer(result) ? 'passed' : result.reason);
const bytesOf = (result: Buffer | Refusal): Buffer => {
  if (!Buffer.isBuffer(result)) throw new Error(`${result.reason}: ${result.message}`);
  return result;
};
const changed = (body: Buffer, from: string, to: string) => {
  const text = body.toString('latin1');
  if (!text.includes(from)) throw new Error(`There is no ${from} in the body.`);
  return Buffer.from(text.replace(from, to), 'latin1');
};

/** The signatures of a chunked body, by the chain of its signer. */
function signatures(start: ChunkChainStart): readonly string[] {
  const chain = createChunkChain(start);
  return ['a'.repeat(65_536), 'a'.repeat(1024), ''].map((data) => chain.signChunk(sha256Hex(data)));
}

describe('the chunked upload of AWS', () => {
  for (const [name, example] of [
    ['without trailing headers', withoutTrailer],
    ['with trailing headers', withTrailer],
  ] as const) {
    describe(name, () => {
      it('has a head that verifies', () => {
        const parsed = parseAuthorization(example.head);
        if (!parsed.ok) throw new Error(parsed.message);

        expect(verifySignature({ request: example.head, parsed, secret: exampleSecret }).ok).to.equal(true);
        expect(parsed.signature).to.equal(example.seed);
        expect(readChunkedBody(parsed)).to.deep.equal({
          trailer: example === withTrailer,
          decodedBytes: exampleBytes,
        });
      });

      it('has the signatures that we make', () => {
        expect(signatures(startOf(example))).to.deep.equal(example.signatures);
      });

      it('comes out as it was when signed by the same chain', () => {
        const body = bodyOf(example);
        expect(bytesOf(run({ example, body, sign: startOf(example) })).equals(body)).to.equal(true);
      });

      for (const pieceBytes of [1, 7, 1000, 65_536, 100_000]) {
        it(`comes out signed by ours, arriving ${pieceBytes} bytes at a time`, () => {
          const body = bodyOf(example);
          const output = bytesOf(run({ example, body, pieceBytes }));

          expect(output.length).to.equal(body.length);
          // What another verifier has to say to it: the same code, but with our secret on the other side.
          const back = run({ example, body: output, verify: ours, sign: startOf(example) });
          expect(bytesOf(back).equals(body)).to.equal(true);
          for (const signature of signatures(ours)) expect(output.includes(signature)).to.equal(true);
          for (const signature of example.signatures) expect(output.includes(signature)).to.equal(false);
        });
      }

      const refusals: [string, string, (body: Buffer) => Buffer][] = [
        ['one byte of data changed', 'chunk-signature-mismatch', (body) => changed(body, 'aaa', 'aab')],
        [
          'a signature changed',
          'chunk-signature-mismatch',
          (body) => changed(body, example.signatures[1], 'e'.repeat(64)),
        ],
        [
          'the last chunk left out',
          'malformed-chunk',
          (body) => body.subarray(0, body.indexOf('0;chunk', 100)),
        ],
        ['the end of the first chunk cut off', 'malformed-chunk', (body) => body.subarray(0, 60_000)],
        ['something after its end', 'malformed-chunk', (body) => Buffer.concat([body, Buffer.from('x')])],
        ['a line after its end', 'malformed-chunk', (body) => Buffer.concat([body, Buffer.from('\r\n')])],
        ['a line feed alone', 'malformed-chunk', (body) => changed(body, '\r\n', '\n')],
        ['data longer than its size', 'malformed-chunk', (body) => changed(body, '\r\n400', 'a\r\n400')],
        [
          'no signature',
          'malformed-chunk',
          (body) => changed(body, `;chunk-signature=${example.signatures[1]}`, ''),
        ],
        ['another extension', 'malformed-chunk', (body) => changed(body, '10000;', '10000;x=1;')],
        ['a size that is no number', 'malformed-chunk', (body) => changed(body, '10000;', '1000g;')],
        ['a negative size', 'malformed-chunk', (body) => changed(body, '10000;', '-10000;')],
        ['a line without end', 'malformed-chunk', () => Buffer.from('1'.repeat(500))],
        ['nothing in it', 'malformed-chunk', () => Buffer.alloc(0)],
      ];
      for (const [fault, reason, change] of refusals) {
        it(`is refused with ${fault}: ${reason}`, () => {
          const body = change(bodyOf(example));
          expect(reasonOf(run({ example, body }))).to.equal(reason);
          expect(reasonOf(run({ example, body, pieceBytes: 13 }))).to.equal(reason);
        });
      }

      it('is refused for another secret, date or scope', () => {
        const body = bodyOf(example);
        const start = startOf(example);
        for (const verify of [
          { ...start, secret: { id: 'x', secretAccessKey: 'x' } },
          { ...start, amzDate: '20130524T000001Z' },
          { ...start, scope: { ...exampleScope, region: 'us-east-2' } },
          { ...start, signature: '0'.repeat(64) },
        ]) {
          expect(reasonOf(run({ example, body, verify }))).to.equal('chunk-signature-mismatch');
        }
      });

      it('is refused when it is not as long as the head declared, before the last chunk goes on', () => {
        const body = bodyOf(example);
        for (const decodedBytes of [exampleBytes - 1, exampleBytes + 1, 0]) {
          expect(reasonOf(run({ example, body, decodedBytes }))).to.equal('decoded-length-mismatch');
        }
      });

      it('is refused when a chunk is longer than is held in memory', () => {
        const body = bodyOf(example);
        expect(reasonOf(run({ example, body, chunkBytesMax: 65_535 }))).to.equal('chunk-too-large');
        expect(reasonOf(run({ example, body, chunkBytesMax: 65_536 }))).to.equal('passed');
      });

      it('gives nothing of a chunk before it is verified, and nothing after a refusal', () => {
        const body = changed(bodyOf(example), 'aaa', 'aab');
        const resigner = createChunkResigner({
          verify: startOf(example),
          sign: ours,
          trailer: example === withTrailer,
          decodedBytes: exampleBytes,
        });
        expect(resigner.push(body.subarray(0, 65_000))).to.deep.equal([]);
        for (const bytes of [body.subarray(65_000), Buffer.from('\r\n')]) {
          expect(resigner.push(bytes)).to.deep.include({ ok: false, reason: 'chunk-signature-mismatch' });
        }
        expect(resigner.end()).to.deep.include({ reason: 'chunk-signature-mismatch' });
      });
    });
  }

  it('says nothing secret in a refusal', () => {
    const example = withTrailer;
    const refusal = JSON.stringify(run({ example, body: changed(bodyOf(example), 'aaa', 'aab') }));
    for (const signature of example.signatures) expect(refusal).to.not.contain(signature);
    expect(refusal).to.not.contain('wJalr');
  });

  it('goes on under the signature of a head that was signed again', () => {
    const request = withTrailer.head;
    const parsed = parseAuthorization(request);
    if (!parsed.ok) throw new Error(parsed.message);
    const verified = verifySignature({ request, parsed, secret: exampleSecret });
    if (!verified.ok) throw new Error(verified.reason);
    const { amzDate, secret } = ours;
    const credentials = { accessKeyId: 'AKIDOURS', secret };
    const { signature, scope } = resignRequest({ request, parsed, verified, credentials, amzDate });

    const body = bodyOf(withTrailer);
    const sign = { signature, scope, amzDate, secret };
    const output = bytesOf(run({ example: withTrailer, body, sign }));
    const back = run({ example: withTrailer, body: output, verify: sign, sign: startOf(withTrailer) });
    expect(bytesOf(back).equals(body)).to.equal(true);
  });

  describe('with trailing headers', () => {
    const example = withTrailer;

    it('is taken as the senders spell it', () => {
      const body = bodyOf(example);
      for (const spelled of [
        changed(body, 'x-amz-checksum-crc32c:', '\r\nx-amz-checksum-crc32c:'), // the examples of AWS
        body.subarray(0, -2), // the same, elsewhere
        changed(body, 'sOO8/Q==\r\n', 'sOO8/Q==\n\r\n'), // minio-go
        changed(body, 'x-amz-checksum-crc32c:', 'X-Amz-Checksum-Crc32c: '),
      ]) {
        const output = bytesOf(run({ example, body: spelled, sign: startOf(example) }));
        expect(output.equals(spelled)).to.equal(true);
        expect(reasonOf(run({ example, body: spelled, pieceBytes: 1 }))).to.equal('passed');
      }
    });

    it('is refused when they are changed, left out, added to or unsigned', () => {
      const body = bodyOf(example);
      const line = 'x-amz-checksum-crc32c:sOO8/Q==\r\n';
      for (const [reason, from, to] of [
        ['chunk-signature-mismatch', 'sOO8', 'sOO9'],
        ['chunk-signature-mismatch', 'crc32c', 'crc32d'],
        ['chunk-signature-mismatch', line, ''],
        ['chunk-signature-mismatch', line, `${line}x-amz-meta-a:b\r\n`],
        ['chunk-signature-mismatch', 'd81f82', 'd81f83'],
        ['malformed-chunk', line, `${line}${line}`],
        ['malformed-chunk', line, 'no header\r\n'],
        ['malformed-chunk', 'sOO8', 'sO\0O8'],
        ['malformed-chunk', 'trailer-signature:d81f82', 'trailer-signature:D81F82'],
        ['malformed-chunk', 'x-amz-trailer-signature', 'x-amz-other-signature'],
        ['malformed-chunk', line, line.repeat(100)],
      ] as const) {
        expect(reasonOf(run({ example, body: changed(body, from, to) })), `${from} → ${to}`).to.equal(reason);
      }
    });

    it('signs several in the order of their names', () => {
      const chain = createChunkChain(startOf(example));
      const last = chain.signChunk(sha256Hex(''));
      const trailer = chain.signTrailer(sha256Hex('x-amz-checksum-a:1\nx-amz-checksum-b:2\n'));
      const body = Buffer.from(
        `0;chunk-signature=${last}\r\nx-amz-checksum-b:2\r\nx-amz-checksum-a:1\r\nx-amz-trailer-signature:${trailer}\r\n\r\n`,
      );
      expect(reasonOf(run({ example, body, decodedBytes: 0 }))).to.equal('passed');
    });
  });

  it('may be empty', () => {
    const last = createChunkChain(startOf(withoutTrailer)).signChunk(sha256Hex(''));
    const body = Buffer.from(`0;chunk-signature=${last}\r\n\r\n`);
    expect(reasonOf(run({ example: withoutTrailer, body, decodedBytes: 0 }))).to.equal('passed');
  });

  it('is refused when two chunks change places', () => {
    const chain = createChunkChain(startOf(withoutTrailer));
    const [first = '', second = '', last = ''] = ['one', 'two', ''].map(
      (data) => `${data.length};chunk-signature=${chain.signChunk(sha256Hex(data))}\r\n${data}\r\n`,
    );
    const judge = (text: string) =>
      reasonOf(run({ example: withoutTrailer, body: Buffer.from(text), decodedBytes: 6 }));

    expect(judge(first + second + last)).to.equal('passed');
    expect(judge(second + first + last)).to.equal('chunk-signature-mismatch');
    expect(judge(first + first + last)).to.equal('chunk-signature-mismatch');
  });
});
