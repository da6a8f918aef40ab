import { expect } from 'chai';
import { patternMatcher } from '../../src/policies/pattern-matcher.ts';

const matcher = (pattern: string, ignoreCase = false) => patternMatcher({ pattern, ignoreCase });

describe('patternMatcher', () => {
  it('matches the whole or a part, and case where it is to count', () => {
    expect(matcher('^team-[a-z]+$')('team-a')).to.equal(true);
    expect(matcher('^team-[a-z]+$')('team-1')).to.equal(false);
    expect(matcher('am-')('team-a')).to.equal(true);
    expect(matcher('^TEAM')('team-a')).to.equal(false);
    expect(matcher('^TEAM', true)('team-a')).to.equal(true);
  });

  it('gives up on a pattern that would take for ever, and goes on with others', () => {
    expect(matcher('^(a|a)*$')(`${'a'.repeat(100)}!`)).to.equal(undefined);
    expect(matcher('^(a|a)*$')('aa')).to.equal(true);
  });

  it('does not look at names that are too long to be any', () => {
    expect(matcher('a')('a'.repeat(1_024))).to.equal(true);
    expect(matcher('a')('a'.repeat(1_025))).to.equal(undefined);
  });

  it('says nothing by a pattern that is none', () => {
    expect(matcher('(')('a')).to.equal(undefined);
  });
});
