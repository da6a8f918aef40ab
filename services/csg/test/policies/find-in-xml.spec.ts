import { expect } from 'chai';
import { findInXml } from '../../src/policies/find-in-xml.ts';
import { createGenerator } from './generator.ts';

const find = (xml: string, path: string) => findInXml(Buffer.from(xml), path.split('.'));

describe('findInXml', () => {
  const route53 = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';
  for (const [xml, path, text] of [
    [
      `<CreateHostedZoneRequest ${route53}><Name>example.org</Name></CreateHostedZoneRequest>`,
      'Name',
      'example.org',
    ],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<R>\n <A><B>x</B></A>\n <B>y</B>\n</R>\n', 'A.B', 'x'],
    ['<R><A><Name>inner</Name></A><Name>outer</Name></R>', 'Name', 'outer'],
    ['<R><A/><Name a = "1" b=\'2\'>a&amp;&lt;&#65;&#x42;</Name></R>', 'Name', 'a&<AB'],
    ['<R><Name></Name></R>', 'Name', ''],
    ['<R><Name/></R>', 'Name', ''],
    ['<R><L><I>1</I><I>2</I></L><Name>x</Name></R>', 'Name', 'x'],
  ] as const) {
    it(`finds ${path} in ${JSON.stringify(xml)}`, () =>
      expect(find(xml, path)).to.deep.equal({ kind: 'text', text }));
  }

  for (const [xml, path] of [
    ['<R/>', 'Name'],
    ['<Name>x</Name>', 'Name'],
    ['<R><A><Name>x</Name></A></R>', 'Name'],
    ['<R><A>x</A></R>', 'A.B'],
    ['<R><X><A><B>x</B></A></X></R>', 'A.B'],
  ] as const) {
    it(`does not find ${path} in ${JSON.stringify(xml)}`, () =>
      expect(find(xml, path)).to.deep.equal({ kind: 'absent' }));
  }

  for (const xml of [
    '<R><Name>good</Name><Name>evil</Name></R>',
    '<R><Name>good</Name><name>evil</name></R>',
    '<R><name>x</name></R>',
    '<R><n:Name xmlns:n="x">evil</n:Name></R>',
    '<!DOCTYPE R [<!ENTITY e "x">]><R><Name>&e;</Name></R>',
    '<R><Name>&e;</Name></R>',
    '<R><Name>a & b</Name></R>',
    '<R><Name>&#1114112;</Name></R>',
    '<R><!-- <Name>good</Name> --><Name>evil</Name></R>',
    '<R><Name><![CDATA[x]]></Name></R>',
    '<R><Name>x<b/>y</Name></R>',
    '<R><?x?><Name>x</Name></R>',
    '<?xml version="1.0" encoding="UTF-16"?><R><Name>x</Name></R>',
    '<R><Name>x</Name>',
    '<R><Name>x</R></Name>',
    '<R><Name>x</Name></R><R/>',
    '<R><Name>x</Name></R>text',
    'x<R><Name>x</Name></R>',
    '</R>',
    '',
    '<R a=1><Name>x</Name></R>',
  ]) {
    it(`cannot say what Name is in ${JSON.stringify(xml)}`, () =>
      expect(find(xml, 'Name').kind).to.equal('unreadable'));
  }

  it('cannot say what A.B is where A comes twice', () => {
    expect(find('<R><A><B>good</B></A><A><B>evil</B></A></R>', 'A.B').kind).to.equal('unreadable');
  });

  it('comes to an end on 20,000 broken documents', () => {
    const whole = '<?xml version="1.0"?><R x="1"><A><B>x&amp;</B></A><Name>y</Name></R>';
    for (let seed = 1; seed <= 20_000; seed += 1) {
      const { below, pick } = createGenerator(seed);
      const at = below(whole.length);
      const broken =
        whole.slice(0, at) +
        pick(['', '<', '>', '/', '"', '&', ' ', '<A>', '</A>']) +
        whole.slice(at + below(3));
      expect(find(broken, 'A.B').kind).to.be.oneOf(['text', 'absent', 'unreadable']);
    }
  });
});
