import { expect } from 'chai';
import { cutPage, inOrder, type PagingMode, pagingModes } from '../../src/listing/paging.ts';

describe('cutPage', () => {
  const items = Array.from({ length: 23 }, (_, i) => `k${String(i).padStart(2, '0')}`);
  const keyOf = (item: string) => item;
  // Handed in backwards: the order is the page's business.
  const ordered = inOrder(items.toReversed(), keyOf);
  const cut = (mode: PagingMode, maxResults: number | undefined, nextToken?: string, repeats = false) =>
    cutPage({ items: ordered, keyOf, maxResults, nextToken, mode, repeats, listing: 'test' });

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

  for (const maxResults of [2, 3, 22, 23]) {
    it(`repeats the last item of the page before, ${maxResults} at a time, and comes to an end`, () => {
      const seen: string[] = [];
      const firsts: (string | undefined)[] = [];
      let page = cut('none', maxResults, undefined, true);
      for (; page.nextToken !== undefined; page = cut('none', maxResults, page.nextToken, true)) {
        seen.push(...page.items);
        firsts.push(page.items.at(-1));
        expect(cut('none', maxResults, page.nextToken, true).items[0]).to.equal(page.items.at(-1));
      }
      seen.push(...page.items);

      expect(new Set(seen)).to.deep.equal(new Set(items));
      expect(seen.length - items.length).to.equal(firsts.length);
    });
  }

  it('takes no more of a long listing than the page needs', () => {
    let taken = 0;
    const endless = {
      *after(key: string) {
        for (let i = Number(key) + 1; ; i++) {
          taken++;
          yield i;
        }
      },
    };
    const page = cutPage({
      items: endless,
      keyOf: String,
      maxResults: 10,
      nextToken: cutPage({
        items: endless,
        keyOf: String,
        maxResults: 10,
        nextToken: undefined,
        mode: 'none',
        listing: 'test',
      }).nextToken,
      mode: 'none',
      listing: 'test',
    });

    expect(page.items).to.deep.equal([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(taken).to.equal(22);
  });

  it('gives everything at once when no size is asked for', () => {
    expect(cut('harsh', undefined)).to.deep.equal({ items, nextToken: undefined });
  });

  it('gives an empty page that has a token', () => {
    const first = cut('harsh', 5);
    expect(cut('harsh', 5, first.nextToken)).to.have.property('items').that.is.empty;
    expect(cut('harsh', 5, first.nextToken).nextToken).to.be.a('string');
  });

  for (const token of ['', 'x', 'bnVsbA', Buffer.from('["other","k01","k00",1]').toString('base64url')]) {
    it(`refuses the token ${JSON.stringify(token)}`, () => {
      expect(() => cut('none', 5, token))
        .to.throw()
        .with.property('code', 'InvalidNextToken');
    });
  }
});
