import { expect } from 'chai';
import { boundPrefixOf } from '../../src/responder/bound-prefix.ts';

describe('boundPrefixOf', () => {
  const bindings = ['*.v1.clouds', '*.v1.tokens.#', '*.v1.accounts.#'];
  const cases: [routingKey: string, prefix: string | undefined][] = [
    ['read.v1.tokens', 'v1.tokens'],
    ['read.v1.tokens.current', 'v1.tokens'],
    ['write.v1.accounts.a.b', 'v1.accounts'],
    ['read.v1.tokensb', undefined],
    ['read.v1.clouds', undefined],
    ['credentials.read', undefined],
  ];
  for (const [routingKey, prefix] of cases) {
    it(`gives ${prefix} for ${routingKey}`, () => {
      expect(boundPrefixOf(routingKey, bindings)).to.equal(prefix);
    });
  }
});
