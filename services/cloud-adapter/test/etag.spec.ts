import { expect } from 'chai';
import { documentEtag, listEtag, matchesNone, matchesRevision } from '../src/etag.ts';

const document = { id: 'res_abc', revision: 7 };
const page = { items: [document, { id: 'res_def', revision: 1 }], nextCursor: null };

describe('documentEtag', () => {
  it('is weak and names the revision', () => {
    expect(documentEtag(document)).to.equal('W/"res_abc.7"');
  });

  it('differs by revision and by representation', () => {
    const tags = [
      documentEtag(document),
      documentEtag({ ...document, revision: 8 }),
      documentEtag(document, { view: 'tiny' }),
      documentEtag(document, { fields: ['state'] }),
      documentEtag(document, { policy: 'local' }),
    ];

    expect(new Set(tags).size).to.equal(tags.length);
  });
});

describe('listEtag', () => {
  it('is equal for equal pages and differs for every difference', () => {
    const [first = document, second = document] = page.items;
    const tags = [
      listEtag(page),
      listEtag({ ...page, items: [second, first] }),
      listEtag({ ...page, items: [first, { ...second, revision: 2 }] }),
      listEtag({ ...page, nextCursor: 'more' }),
      listEtag(page, { view: 'tiny' }),
    ];

    expect(new Set(tags).size).to.equal(tags.length);
    expect(listEtag(structuredClone(page))).to.equal(tags[0]);
  });
});

describe('matchesNone', () => {
  for (const [header, isNew] of [
    [undefined, true],
    ['W/"res_abc.7"', false],
    ['"res_abc.7"', false],
    ['W/"other", W/"res_abc.7"', false],
    [['W/"other"', 'W/"res_abc.7"'], false],
    ['*', false],
    ['W/"res_abc.6"', true],
    ['res_abc.7', true],
  ] as const) {
    it(`${isNew ? 'answers in full' : 'says not modified'} to ${JSON.stringify(header)}`, () => {
      expect(matchesNone(header, 'W/"res_abc.7"')).to.equal(isNew);
    });
  }
});

describe('matchesRevision', () => {
  for (const [header, matches] of [
    ['W/"res_abc.7"', true],
    ['"res_abc.7"', true],
    [documentEtag(document, { view: 'tiny' }), true],
    ['"x", W/"res_abc.7"', true],
    ['*', true],
    ['W/"res_abc.6"', false],
    ['W/"res_abc.77"', false],
    ['W/"res_def.7"', false],
    ['""', false],
    ['', false],
  ] as const) {
    it(`${matches ? 'lets' : 'does not let'} ${JSON.stringify(header)} change the revision`, () => {
      expect(matchesRevision(header, document)).to.equal(matches);
    });
  }
});
