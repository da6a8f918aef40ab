import { expect } from 'chai';
import { terminalWidth } from '../../src/output/terminal-width.ts';

describe('terminalWidth', () => {
  it('is no limit where nobody knows it', () => {
    expect(terminalWidth({ isTTY: true, columns: 100 })).to.equal(100);
    expect(terminalWidth({ isTTY: true, columns: 0 })).to.equal(Number.POSITIVE_INFINITY);
    expect(terminalWidth({ columns: 100 })).to.equal(Number.POSITIVE_INFINITY);
  });
});
