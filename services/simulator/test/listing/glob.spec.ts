import { expect } from 'chai';
import { matchesGlob } from '../../src/listing/glob.ts';

describe('matchesGlob', () => {
  const cases: [string, string, boolean][] = [
    ['', '', true],
    ['', 'a', false],
    ['a', 'a', true],
    ['a', 'A', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['a*', 'abc', true],
    ['*c', 'abc', true],
    ['*b*', 'abc', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abcd', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['?', '', false],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['\\?', '?', true],
    ['\\\\', '\\', true],
    ['a.c', 'abc', false],
    ['a+', 'aa', false],
    ['*ab*ab', 'abxabab', true],
    ['[a]', '[a]', true],
  ];
  for (const [pattern, text, expected] of cases) {
    it(`${expected ? 'finds' : 'does not find'} ${JSON.stringify(pattern)} in ${JSON.stringify(text)}`, () => {
      expect(matchesGlob(pattern, text)).to.equal(expected);
    });
  }

  it('does not lose itself in a hostile pattern', () => {
    const before = performance.now();
    matchesGlob(`${'*a'.repeat(500)}b`, 'a'.repeat(5000));
    expect(performance.now() - before).to.be.lessThan(2000);
  });
});
