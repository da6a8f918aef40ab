import { expect } from 'chai';
import { wildcardMatcher } from '../../src/policies/wildcard-matcher.ts';
import { createGenerator } from './generator.ts';

const matches = (text: string, ...patterns: string[]) => wildcardMatcher(patterns)(text);

describe('wildcardMatcher', () => {
  for (const [text, pattern] of [
    ['GetItem', 'GetItem'],
    ['GetItem', 'getitem'],
    ['ListTables', 'List*'],
    ['GetItem', '*Item'],
    ['BatchGetItem', '*Get*'],
    ['GetItem', '*'],
    ['GetItem', '**'],
    ['GetItem', 'Get*Item'],
    ['aXbXc', 'a*b*c'],
  ] as const) {
    it(`${text} is ${pattern}`, () => expect(matches(text, pattern)).to.equal(true));
  }

  for (const [text, pattern] of [
    ['GetItems', 'GetItem'],
    ['BatchGetItem', 'GetItem'],
    ['aba', 'ab*ba'],
    ['', '*a*'],
    ['GetItem', 'Get*Items*'],
    ['abc', 'a.c'],
  ] as const) {
    it(`${text} is not ${pattern}`, () => expect(matches(text, pattern)).to.equal(false));
  }

  it('is content with one of several patterns', () => {
    expect(matches('GetItem', 'List*', 'GetItem')).to.equal(true);
    expect(matches('GetItem', 'PutItem', '*Item')).to.equal(true);
    expect(matches('GetItem', 'PutItem', 'List*')).to.equal(false);
    expect(matches('GetItem')).to.equal(false);
  });

  it('says of 20,000 made-up pairs what a regular expression says', () => {
    const { below, pick } = createGenerator(7);
    const made = (letters: string, length: number) =>
      Array.from({ length: below(length) }, () => pick([...letters])).join('');
    for (let i = 0; i < 20_000; i += 1) {
      const text = made('ab', 8);
      const pattern = made('ab**', 6);
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text);
      expect(matches(text, pattern), `${text} ${pattern}`).to.equal(expected);
    }
  });
});
