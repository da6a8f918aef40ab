import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { createChunkVerifier } from '../../../src/services/s3/chunk-verifier.ts';

// The two examples of the S3 API reference, "Transferring payload in multiple chunks" and "… with trailing headers".
describe('createChunkVerifier', () => {
  const example = {
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    scope: { day: '20130524', region: 'us-east-1', service: 's3' },
    amzDate: '20130524T000000Z',
  };
  const hashes = [65_536, 1024, 0].map((bytes) =>
    createHash('sha256').update('a'.repeat(bytes)).digest('hex'),
  );

  it('agrees with the published chunks', () => {
    const seed = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
    const verifier = createChunkVerifier({ ...example, seed });
    const published = [
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ];
    expect(published.map((signature, i) => verifier.isChunk(hashes[i] ?? '', signature))).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it('agrees with the published trailer', () => {
    const seed = '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e';
    const verifier = createChunkVerifier({ ...example, seed });
    const published = [
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ];
    expect(published.map((signature, i) => verifier.isChunk(hashes[i] ?? '', signature))).to.deep.equal([
      true,
      true,
      true,
    ]);
    const trailer = 'x-amz-checksum-crc32c:sOO8/Q==\n';
    const signature = 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435';
    expect(verifier.isTrailer(trailer, signature)).to.equal(true);
  });

  it('takes nothing for right once something was wrong', () => {
    const seed = '0'.repeat(64);
    const verifier = createChunkVerifier({ ...example, seed });
    expect(verifier.isChunk(hashes[0] ?? '', '1'.repeat(64))).to.equal(false);
    expect(verifier.isChunk(hashes[1] ?? '', '1'.repeat(64))).to.equal(false);
  });
});
