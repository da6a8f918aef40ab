import { expect } from 'chai';
import { cutPage, type PagingMode, pagingModes } from '../../src/listing/paging.ts';

describe('cutPage', () => {
  const items = Array.from({ length: 23 }, (_, i) => `k${String(i).padStart(2, '0')}`);
  const cut = (mode: PagingMode, maxResults: number | undefined, nextToken?: string) =>
    cutPage({ items, keyOf: (item) => item, maxResults, nextToken, mode, listing: 'test' });

  for (const mode of pagingModes) {
    for (const maxResults of [1, 5, 22, 23, 24]) {
      it(`gives every item once, ${maxResults} at a time, with ${mode} oddities`, () => {
        const seen: string[] = [];
        let token: string | undefined;
        let pages = 0;
        do {
          const page = cut(mode, maxResults, token);
          expect(page.items.length).to.be.at.most(maxResults);
          seen.push(...page.items);
          token = page.nextToken;
        } while (token !== undefined && ++pages < 200);

        expect(seen).to.deep.equal(items);
      });
    }
  }

  it('gives everything at once when no size is asked for', () => {
    expect(cut('harsh', undefined)).to.deep.equal({ items, nextToken: undefined });
  });

  it('gives an empty page that has a token', () => {
    const first = cut('harsh', 5);
    expect(cut('harsh', 5, first.nextToken)).to.have.property('items').that.is.empty;
    expect(cut('harsh', 5, first.nextToken).nextToken).to.be.a('string');
  });

  for (const token of ['', 'x', 'bnVsbA', Buffer.from('["other","k01",1]').toString('base64url')]) {
    it(`refuses the token ${JSON.stringify(token)}`, () => {
      expect(() => cut('none', 5, token))
        .to.throw()
        .with.property('code', 'InvalidNextToken');
    });
  }
});
