import { expect } from 'chai';
import { hashToken } from '../../src/minting/hash-token.ts';

describe('hashToken', () => {
  it('is SHA-256', () => {
    // echo -n abc | sha256sum
    expect(hashToken('abc').toString('hex')).to.equal(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
