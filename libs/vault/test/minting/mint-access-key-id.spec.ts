import { expect } from 'chai';
import { isWellFormedAccessKeyId, mintAccessKeyId } from '../../src/minting/mint-access-key-id.ts';

describe('mintAccessKeyId', () => {
  it('makes 20 upper-case letters and digits that are not of AWS', () => {
    const id = mintAccessKeyId();
    expect(id).to.match(/^CGW[A-Z2-7]{17}$/);
    expect(isWellFormedAccessKeyId(id)).to.equal(true);
  });

  it('uses every random byte', () => {
    expect(mintAccessKeyId((bytes) => Buffer.from(Array.from({ length: bytes }, (_, i) => i)))).to.equal(
      'CGWABCDEFGHIJKLMNOPQ',
    );
  });

  it('knows what it never made', () => {
    for (const text of [
      '',
      'AKIAIOSFODNN7EXAMPLE',
      'CGWABCDEFGHIJKLMNOP',
      'CGWABCDEFGHIJKLMNOP1',
      'cgwabcdefghijklmnopq',
    ]) {
      expect(isWellFormedAccessKeyId(text), text).to.equal(false);
    }
  });
});
