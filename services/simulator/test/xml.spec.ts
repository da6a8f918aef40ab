import { expect } from 'chai';
import { repeated, writeElement, type XmlValue } from '../src/xml.ts';

describe('writeElement', () => {
  const cases: [string, XmlValue, string][] = [
    ['text', 'x', '<a>x</a>'],
    ['a number', 0, '<a>0</a>'],
    ['a flag', false, '<a>false</a>'],
    ['a date', new Date(0), '<a>1970-01-01T00:00:00.000Z</a>'],
    ['nothing', undefined, ''],
    ['empty text', '', '<a/>'],
    ['an empty list', [], '<a/>'],
    ['a list', ['x', 1], '<a><item>x</item><item>1</item></a>'],
    ['a list of objects', [{ b: 1 }, { b: undefined }], '<a><item><b>1</b></item><item/></a>'],
    ['an element once per entry', { b: repeated(['x', { c: 1 }]) }, '<a><b>x</b><b><c>1</c></b></a>'],
    ['an object', { b: 'x', c: { d: [] } }, '<a><b>x</b><c><d/></c></a>'],
    [
      'what is made when its turn has come',
      [() => ({ b: 1 }), () => ({})],
      '<a><item><b>1</b></item><item/></a>',
    ],
    ['nothing once per no entry', { b: repeated([]) }, '<a/>'],
    ['what must be escaped', `<&>"'\r`, '<a>&lt;&amp;&gt;&quot;&#39;&#13;</a>'],
    ['tab and line feed as they are', '\t\n', '<a>\t\n</a>'],
    ['what XML cannot hold', 'a\u0000\u001b\ufffe\ud800b', '<a>a\ufffd\ufffd\ufffd\ufffdb</a>'],
    ['what lies beyond the BMP', '\u{1f642}', '<a>\u{1f642}</a>'],
  ];
  for (const [name, value, expected] of cases) {
    it(`writes ${name}`, () => expect(writeElement('a', value, 'item')).to.equal(expected));
  }

  it('names the entries of lists as the protocol does', () => {
    expect(writeElement('Users', ['x'], 'member')).to.equal('<Users><member>x</member></Users>');
  });
});
