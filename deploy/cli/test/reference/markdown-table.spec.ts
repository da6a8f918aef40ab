import { expect } from 'chai';
import { markdownTable } from '../../src/reference/markdown-table.ts';

describe('markdownTable', () => {
  it('pads every cell, as the formatter does, and keeps bars inside cells', () => {
    expect(markdownTable(['a', 'long head'], [['one|two', '']]).split('\n')).to.deep.equal([
      '| a        | long head |',
      '| -------- | --------- |',
      '| one\\|two |           |',
    ]);
  });
});
