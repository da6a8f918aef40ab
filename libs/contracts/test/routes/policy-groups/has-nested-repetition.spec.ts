import { expect } from 'chai';
import { hasNestedRepetition } from '../../../src/routes/policy-groups/has-nested-repetition.ts';

describe('hasNestedRepetition', () => {
  const harmless = [
    '^team-a-',
    '^[a-z]+(-[a-z0-9]+)*$',
    '^([a-z0-9]+-)*prod$',
    '^(?:dev|test|prod)-[a-z]{3,20}$',
    '^(?!test)[a-z]+$',
    '[(+)*]+',
    '\\(a+\\)*',
    'a{2}(b{2})*',
    '^(a+)$',
    '(?<team>[a-z]+-){2,3}x',
    '(a|b)*',
    'x{,3}y',
  ];
  for (const pattern of harmless) {
    it(`takes ${pattern}`, () => expect(hasNestedRepetition(pattern)).to.equal(false));
  }

  const dangerous = [
    '(a+)+',
    '^([a-z]+)*$',
    '(.*)*',
    '(?:x|[a-z]+)+!',
    '((a+))+',
    '(a?a?)*',
    '([a-z]+[0-9]*)+$',
    '(\\w+\\b)+',
    '(a+){2,}',
    '(a+){1,50}',
    '([a-z]+-?)+$',
    '(?<part>[^-]*)*',
  ];
  for (const pattern of dangerous) {
    it(`refuses ${pattern}`, () => expect(hasNestedRepetition(pattern)).to.equal(true));
  }
});
