import { expect } from 'chai';
import { AwsError } from '../../src/aws-error.ts';
import { readXml, type XmlContent } from '../../src/protocols/read-xml.ts';

describe('readXml', () => {
  const good: [string, string, XmlContent][] = [
    ['text', '<a>x</a>', 'x'],
    ['children', '<a><b>1</b><c>2</c></a>', { b: '1', c: '2' }],
    ['an empty element', '<a><b/></a>', { b: '' }],
    ['what is around it', '<?xml version="1.0"?>\n<!-- c -->\n<a x="1">\n  <b>1</b>\n</a>\n', { b: '1' }],
    ['entities', '<a>&lt;&amp;&#65;&#x42;&unknown;</a>', '<&AB&unknown;'],
  ];
  for (const [name, xml, content] of good) {
    it(`reads ${name}`, () => expect(readXml(xml)).to.deep.equal(content));
  }

  for (const xml of [
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<a>'.repeat(1000) + '</a>'.repeat(1000),
  ]) {
    it(`refuses ${xml.slice(0, 30)}`, () => {
      expect(() => readXml(xml)).to.throw(AwsError);
    });
  }
});
