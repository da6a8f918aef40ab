import { expect } from 'chai';
import { createPrefixFinder } from '../../src/responder/prefix-finder.ts';

describe('createPrefixFinder', () => {
  const findPrefix = createPrefixFinder(['*.v1.clouds', '*.v1.tokens.#', '*.v1.accounts.#']);
  const cases: [routingKey: string, prefix: string | undefined][] = [
    ['read.v1.tokens', 'v1.tokens'],
    ['read.v1.tokens.current', 'v1.tokens'],
    ['read.v1.accounts.a.b', 'v1.accounts'],
    ['write.v1.accounts.a.b', undefined],
    ['read.v1.tokensb', undefined],
    ['read.v1.clouds', undefined],
    ['credentials.read', undefined],
  ];
  for (const [routingKey, prefix] of cases) {
    it(`gives ${prefix} for ${routingKey}`, () => {
      expect(findPrefix(routingKey)).to.equal(prefix);
    });
  }
});
