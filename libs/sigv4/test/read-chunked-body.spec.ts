import { expect } from 'chai';
import { parseAuthorization } from '../src/parse-authorization.ts';
import { readChunkedBody } from '../src/read-chunked-body.ts';
import { signRequest } from '../src/sign-request.ts';

function read(payloadHash: string, lengths: readonly string[]) {
  const headers = [
    ['Host', 'example.com'],
    ...lengths.map((length) => ['X-Amz-Decoded-Content-Length', length]),
  ] as [string, string][];
  const added = signRequest({
    request: { method: 'PUT', target: '/k', headers },
    credentials: { accessKeyId: 'AKIDEXAMPLE', secret: { id: 'k', secretAccessKey: 'secret' } },
    region: 'us-east-1',
    service: 's3',
    amzDate: '20150830T123600Z',
    payloadHash,
  });
  const parsed = parseAuthorization({
    method: 'PUT',
    target: '/k',
    headers: [...headers, ...Object.entries(added)],
  });
  if (!parsed.ok) throw new Error(parsed.message);
  return readChunkedBody(parsed);
}

describe('readChunkedBody', () => {
  const signed = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';

  it('reads the decoded length and whether a trailer follows', () => {
    expect(read(signed, ['0'])).to.deep.equal({ trailer: false, decodedBytes: 0 });
    expect(read(`${signed}-TRAILER`, [' 5368709120 '])).to.deep.equal({
      trailer: true,
      decodedBytes: 5_368_709_120,
    });
  });

  it('is not for bodies without chunk signatures', () => {
    for (const hash of ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'a'.repeat(64)]) {
      expect(read(hash, [])).to.equal(undefined);
    }
  });

  it('refuses a length that is absent, doubled or no number', () => {
    for (const lengths of [[], ['1', '1'], ['1, 1'], ['-1'], ['1e3'], ['0x10'], ['']]) {
      expect(read(signed, lengths)).to.deep.include({ ok: false, reason: 'malformed-chunk' });
    }
  });
});
