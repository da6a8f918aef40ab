import { expect } from 'chai';
import { pageOf } from '../src/page-of.ts';

describe('pageOf', () => {
  const page = (rows: string[]) =>
    pageOf(rows, { limit: 2, idOf: (row) => `id of ${row}`, toItem: (row) => row.toUpperCase() });

  it('shows as many as asked for and points at the last one when there are more', () => {
    expect(page(['a', 'b', 'c'])).to.deep.equal({ items: ['A', 'B'], nextCursor: 'id of b' });
  });

  it('has no cursor on the last page', () => {
    expect(page(['a', 'b'])).to.deep.equal({ items: ['A', 'B'], nextCursor: null });
    expect(page([])).to.deep.equal({ items: [], nextCursor: null });
  });
});
