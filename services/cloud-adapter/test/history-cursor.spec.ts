import { expect } from 'chai';
import { decodeHistoryCursor, encodeHistoryCursor } from '../src/history-cursor.ts';

describe('history-cursor', () => {
  it('reads what it has written', () => {
    expect(decodeHistoryCursor(encodeHistoryCursor(42))).to.equal(42);
  });

  for (const text of ['0', '-1', '1.5', '1e3', '', 'x', '9'.repeat(16)]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => decodeHistoryCursor(text)).to.throw('not one that this history gave');
    });
  }
});
