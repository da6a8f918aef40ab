import { expect } from 'chai';
import { canonicalQuery, parseQuery } from '../src/canonical-query.ts';

describe('canonicalQuery', () => {
  const cases: [string, string][] = [
    ['', ''],
    ['a', 'a='],
    ['a=', 'a='],
    ['b=2&a=1', 'a=1&b=2'],
    ['a=2&a=1&a=', 'a=&a=1&a=2'],
    ['a=1=2', 'a=1%3D2'],
    ['=1', '=1'],
    ['a=1&&b=2&', 'a=1&b=2'],
    ['a=x+y', 'a=x%2By'],
    ['a=x%20y', 'a=x%20y'],
    ['a=%2b', 'a=%2B'],
    ['a=%41', 'a=A'],
    ["a=!'()*", 'a=%21%27%28%29%2A'],
    ['a=~-._', 'a=~-._'],
    ['a=%', 'a=%25'],
    ['a=%E9%zz', 'a=%E9%25zz'],
    ['a=\u00c3\u00a4', 'a=%C3%A4'],
    // By name first: the joined text would put a-b= before a=.
    ['a-b=1&a=2', 'a=2&a-b=1'],
    // By the encoded name: %C3 sorts before A, though ä sorts after it.
    ['A=1&%C3%A4=2&a=3', '%C3%A4=2&A=1&a=3'],
    ['X-Amz-Signature=0&a=1', 'X-Amz-Signature=0&a=1'],
  ];
  for (const [raw, expected] of cases) {
    it(`writes ${JSON.stringify(raw)}`, () => expect(canonicalQuery(raw, false)).to.equal(expected));
  }

  it('leaves the signature out when it is in the query, and nothing else', () => {
    expect(canonicalQuery('X-Amz-Signature=0&X-Amz-Date=1&a=2', true)).to.equal('X-Amz-Date=1&a=2');
  });
});

describe('parseQuery', () => {
  it('gives decoded pairs in the order of the wire', () => {
    expect(parseQuery('b=%C3%A4&a&b=x+y%2B')).to.deep.equal([
      ['b', 'ä'],
      ['a', ''],
      ['b', 'x+y+'],
    ]);
  });
});
