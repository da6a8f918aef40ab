import { expect } from 'chai';
import { isWellFormedToken, mintToken, tokenPrefixes } from '../../src/minting/mint-token.ts';

describe('mintToken', () => {
  it('makes prefix, 30 random characters and a checksum of 6', () => {
    expect(mintToken(tokenPrefixes.token)).to.match(/^cgw_t_[0-9A-Za-z]{36}$/);
    expect(mintToken(tokenPrefixes.clientSecret)).to.match(/^cgw_s_[0-9A-Za-z]{36}$/);
  });

  it('never makes the same twice', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => mintToken('cgw_t'))).size).to.equal(10_000);
  });

  it('uses every character as often as any other', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 4000; n += 1) {
      for (const letter of mintToken('cgw_t').slice(6, 36)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }

    // 120 000 characters: 1935 of each expected, standard deviation 44. Taken modulo 62 without care, 8 of them come 25 % more often.
    expect(counts.size).to.equal(62);
    expect(Math.max(...counts.values())).to.be.below(1935 + 6 * 44);
    expect(Math.min(...counts.values())).to.be.above(1935 - 6 * 44);
  });

  it('makes the token that the random bytes say', () => {
    // The checksum was computed with Python's zlib.crc32.
    expect(mintToken('cgw_t', (bytes) => Buffer.alloc(bytes, 61))).to.equal(`cgw_t_${'z'.repeat(30)}3fz3JT`);
  });

  it('skips the bytes that would favour some characters', () => {
    let call = 0;
    const random = (bytes: number): Buffer => Buffer.alloc(bytes, call++ === 0 ? 248 : 1);

    expect(mintToken('cgw_t', random)).to.contain('1'.repeat(30));
  });

  it('refuses a prefix that nobody could find', () => {
    for (const prefix of ['', 'CGW', 'a__b', 'a-b', '_'])
      expect(() => mintToken(prefix), prefix).to.throw('prefix');
  });
});

describe('isWellFormedToken', () => {
  const token = mintToken('cgw_t');

  it('takes what was minted with this prefix', () => {
    for (let n = 0; n < 100; n += 1) expect(isWellFormedToken(mintToken('cgw_t'), 'cgw_t')).to.equal(true);
  });

  it('refuses any single changed character', () => {
    for (let place = 0; place < token.length; place += 1) {
      const letter = token.charAt(place) === 'x' ? 'y' : 'x';
      expect(
        isWellFormedToken(token.slice(0, place) + letter + token.slice(place + 1), 'cgw_t'),
        `at ${place}`,
      ).to.equal(false);
    }
  });

  const wrong: readonly (readonly [name: string, text: string])[] = [
    ['nothing', ''],
    ['a token with another prefix', mintToken('cgw_s')],
    ['the same with the prefix exchanged', mintToken('cgw_s').replace('cgw_s', 'cgw_t')],
    ['a cut one', token.slice(0, -1)],
    ['a longer one', `${token}0`],
    ['one with white space', `${token.slice(0, -1)} `],
    ['one with a line end', `${token}\n`],
    ['one with signs', `cgw_t_${'-'.repeat(36)}`],
  ];
  for (const [name, text] of wrong) {
    it(`refuses ${name}`, () => {
      expect(isWellFormedToken(text, 'cgw_t')).to.equal(false);
    });
  }
});
