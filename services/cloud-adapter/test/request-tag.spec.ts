import { expect } from 'chai';
import { idempotencyTokenOf, requestTagOf } from '../src/request-tag.ts';

const wish = { clientId: 'cli_1', idempotencyKey: 'order-7' };

describe('requestTagOf', () => {
  it('names the client and the key, so that the keys of two clients never meet', () => {
    expect(requestTagOf(wish)).to.equal('cli_1/order-7');
    expect(requestTagOf({ ...wish, clientId: 'cli_2' })).not.to.equal(requestTagOf(wish));
  });

  for (const idempotencyKey of ['a b', 'ключ', 'x'.repeat(255), '"quoted"']) {
    it(`makes a tag that every cloud takes of ${JSON.stringify(idempotencyKey.slice(0, 10))}`, () => {
      const tag = requestTagOf({ ...wish, idempotencyKey });

      expect(tag).to.match(/^cli_1\/sha256:[\da-f]{64}$/);
      expect(requestTagOf({ ...wish, idempotencyKey })).to.equal(tag);
    });
  }
});

describe('idempotencyTokenOf', () => {
  it('is equal for one wish, and for no other', () => {
    const tokens = [
      wish,
      { ...wish, clientId: 'cli_2' },
      { ...wish, idempotencyKey: 'order-8' },
      { clientId: 'cli_1 order', idempotencyKey: '-7' },
    ].map(idempotencyTokenOf);

    expect(new Set(tokens).size).to.equal(tokens.length);
    expect(idempotencyTokenOf({ ...wish })).to.equal(tokens[0]);
    expect(tokens[0]).to.have.length.lessThan(64);
  });
});
