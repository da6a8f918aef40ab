import { expect } from 'chai';
import { canonicalHeaders } from '../src/canonical-headers.ts';
import { indexHeaders } from '../src/header-index.ts';

describe('canonicalHeaders', () => {
  const cases: [string, [string, string][], string][] = [
    ['a plain value', [['X-A', 'v']], 'x-a:v\n'],
    ['a value with blanks around and inside', [['X-A', '  v  two \t spaces\t']], 'x-a:v two spaces\n'],
    ['blanks inside of quotes, too', [['X-A', '"a   b"']], 'x-a:"a b"\n'],
    ['an empty value', [['X-A', '']], 'x-a:\n'],
    ['nothing but blanks', [['X-A', '   ']], 'x-a:\n'],
    [
      'a header that came twice, in the order of the wire',
      [
        ['X-A', ' z '],
        ['x-a', 'a  b'],
      ],
      'x-a:z,a b\n',
    ],
    ['UTF-8 bytes as the text they are', [['X-A', '\u00c3\u00a4']], 'x-a:\u00e4\n'],
    ['bytes that are no UTF-8 as they are', [['X-A', '\u00e9']], 'x-a:\u00e9\n'],
    ['a non-breaking space as a character', [['X-A', 'a\u00c2\u00a0b']], 'x-a:a\u00a0b\n'],
  ];
  for (const [name, headers, expected] of cases) {
    it(`writes ${name}`, () => expect(canonicalHeaders(indexHeaders(headers), ['x-a'])).to.equal(expected));
  }

  it('makes no other value of one with line ends or control characters', () => {
    for (const value of ['a\r\n b', 'a\nx-amz-acl:public-read', 'a\0b', 'a\x0bb', '\x7f']) {
      expect(() => canonicalHeaders(indexHeaders([['X-A', value]]), ['x-a'])).to.throw(TypeError);
    }
  });

  it('takes the flat list of Node as well as pairs', () => {
    const pairs = indexHeaders([
      ['Host', 'h'],
      ['X-A', '1'],
      ['x-a', '2'],
    ]);
    const flat = indexHeaders(['Host', 'h', 'X-A', '1', 'x-a', '2']);

    expect([...flat]).to.deep.equal([...pairs]);
    expect(canonicalHeaders(flat, ['host', 'x-a'])).to.equal('host:h\nx-a:1,2\n');
  });

  it('takes no headers at all', () => expect(indexHeaders([]).size).to.equal(0));
});
