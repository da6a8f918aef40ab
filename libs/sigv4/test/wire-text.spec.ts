import { expect } from 'chai';
import { decodeWireText } from '../src/wire-text.ts';

describe('decodeWireText', () => {
  for (const [name, wire, text] of [
    ['ASCII', 'abc', 'abc'],
    ['UTF-8', '\u00c3\u00a4 \u00f0\u009f\u0099\u0082', 'ä 🙂'],
    ['a byte order mark', '\u00ef\u00bb\u00bfx', '\ufeffx'],
    ['latin1 that is no UTF-8', 'caf\u00e9', 'café'],
    ['text that is no wire text', 'ä€', 'ä€'],
  ] as const) {
    it(`reads ${name}`, () => expect(decodeWireText(wire)).to.equal(text));
  }
});
