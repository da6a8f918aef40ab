import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { S3 } from '@aws-sdk/client-s3';
import { sha256Hex } from '@cloud-gateway/sigv4';
import { expect } from 'chai';
import { type RawCall, send } from '../../raw-call.ts';
import { useSimulator } from '../../use-simulator.ts';
import { chunkedUpload, plainUpload } from './signed-upload.ts';

describe('the body of an S3 request', () => {
  const cloud = useSimulator({ objectBytesKept: 1000 });
  const target = '/bucket/key';
  const pieces = [Buffer.alloc(65_536, 'a'), Buffer.alloc(1000, 'b'), Buffer.from('end')];
  const etag = `"${createHash('md5').update(Buffer.concat(pieces)).digest('hex')}"`;

  beforeEach(() => cloud.client(S3, { forcePathStyle: true }).createBucket({ Bucket: 'bucket' }));

  const upload = (data: readonly Buffer[] = pieces) => ({ url: cloud.url, target, pieces: data });
  const isStored = async () => {
    const s3 = cloud.client(S3, { forcePathStyle: true });
    const { Contents } = await s3.listObjectsV2({ Bucket: 'bucket' });
    return (Contents ?? []).length > 0;
  };
  const change = (call: RawCall, from: string, to: string): RawCall => ({
    ...call,
    body: Buffer.from(call.body.toString('latin1').replace(from, to), 'latin1'),
  });

  describe('is taken', () => {
    const modes: [string, () => RawCall][] = [
      ['with its hash', () => plainUpload(upload(), sha256Hex(Buffer.concat(pieces)))],
      ['unsigned', () => plainUpload(upload(), 'UNSIGNED-PAYLOAD')],
      ['in signed chunks', () => chunkedUpload(upload(), { trailer: false })],
      ['in signed chunks with a signed trailer', () => chunkedUpload(upload(), { trailer: true })],
      ['empty, in signed chunks', () => chunkedUpload(upload([]), { trailer: true })],
    ];
    for (const [name, call] of modes) {
      it(name, async () => {
        const answer = await send(cloud.url, call());
        expect(answer.status, answer.body).to.equal(200);
        if (!name.startsWith('empty')) expect(answer.headers.etag).to.equal(etag);
        expect(await isStored()).to.equal(true);
      });
    }
  });

  describe('is refused, and not stored,', () => {
    const refusals: [string, () => RawCall, number, string][] = [
      ['with another hash', () => plainUpload(upload(), sha256Hex('x')), 400, 'XAmzContentSHA256Mismatch'],
      [
        'with one byte changed under its hash',
        () => change(plainUpload(upload(), sha256Hex(Buffer.concat(pieces))), 'end', 'enD'),
        400,
        'XAmzContentSHA256Mismatch',
      ],
      [
        'with one byte of a chunk changed',
        () => change(chunkedUpload(upload(), { trailer: false }), 'end', 'enD'),
        403,
        'SignatureDoesNotMatch',
      ],
      [
        'with chunks of the same length swapped',
        () => {
          const call = chunkedUpload(upload([Buffer.from('one'), Buffer.from('two')]), { trailer: false });
          return change(change(change(call, 'one\r\n', '###\r\n'), 'two\r\n', 'one\r\n'), '###', 'two');
        },
        403,
        'SignatureDoesNotMatch',
      ],
      [
        'with a chunk that is not signed',
        () => change(chunkedUpload(upload(), { trailer: false }), ';chunk-signature=', ';chunk-signaturE='),
        400,
        'IncompleteBody',
      ],
      [
        'with another trailer',
        () => change(chunkedUpload(upload(), { trailer: true }), 'crc32:', 'crc32:A'),
        403,
        'SignatureDoesNotMatch',
      ],
      [
        'without its last chunk',
        () => {
          const call = chunkedUpload(upload(), { trailer: false });
          const body = call.body.toString('latin1');
          return { ...call, body: Buffer.from(body.slice(0, body.lastIndexOf('0;chunk')), 'latin1') };
        },
        400,
        'IncompleteBody',
      ],
      [
        'with something behind its end',
        () => {
          const call = chunkedUpload(upload(), { trailer: false });
          return { ...call, body: Buffer.concat([Buffer.from(call.body), Buffer.from('x')]) };
        },
        400,
        'IncompleteBody',
      ],
    ];
    for (const [name, call, status, code] of refusals) {
      it(name, async () => {
        const answer = await send(cloud.url, call());
        expect([answer.status, answer.code], answer.body).to.deep.equal([status, code]);
        expect(await isStored()).to.equal(false);
      });
    }
  });

  it('is not asked for when there is nothing to put it in', async () => {
    const call = plainUpload({ ...upload(), target: '/nowhere/key' }, 'UNSIGNED-PAYLOAD');
    expect(await talk(call)).to.match(/^HTTP\/1\.1 404 [\s\S]*Connection: close[\s\S]*NoSuchBucket/i);
    expect(await talk(plainUpload(upload(), 'UNSIGNED-PAYLOAD'))).to.match(
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
    );
  });

  it('is not stored when its sender hangs up in the middle', async () => {
    const { method, headers } = plainUpload(upload(), 'UNSIGNED-PAYLOAD');
    const socket = connect(cloud.simulator.port, '127.0.0.1').resume();
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`${method} ${target} HTTP/1.1\r\n${head.join('')}\r\nonly this`);
    while (cloud.simulator.calls().total < 2) {
      socket.end();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const { action, status, errorCode } = cloud.simulator.calls().calls.at(-1) ?? {};
    expect({ action, status, errorCode }).to.deep.equal({
      action: 'PutObject',
      status: 0,
      errorCode: 'RequestAborted',
    });
    expect(await isStored()).to.equal(false);
  });

  /** Sends the head, waits for what is said to it, and sends the body only when told to go on. */
  async function talk({ method, target: path, headers, body }: RawCall): Promise<string> {
    const socket = connect(cloud.simulator.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write(body);
      else socket.end();
    });
    const head = Object.entries({ ...headers, Expect: '100-continue' });
    socket.write(
      `${method} ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    );
    await once(socket, 'close');
    return answer;
  }
});
