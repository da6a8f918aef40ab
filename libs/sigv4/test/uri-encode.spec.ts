import { expect } from 'chai';
import { uriDecode, uriEncode, uriReencode } from '../src/uri-encode.ts';

describe('uriEncode', () => {
  it('leaves the unreserved characters and encodes each other byte', () => {
    const unreserved = 'ABCXYZabcxyz0189-._~';
    expect(uriEncode(unreserved)).to.equal(unreserved);
    for (let code = 0; code < 128; code++) {
      const character = String.fromCharCode(code);
      const expected = /[A-Za-z0-9\-._~]/.test(character)
        ? character
        : `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
      expect(uriEncode(character)).to.equal(expected);
    }
    expect(uriEncode('ä🙂')).to.equal('%C3%A4%F0%9F%99%82');
    expect(uriEncode('\ud800')).to.equal('%EF%BF%BD');
  });
});

describe('uriReencode', () => {
  for (const [text, expected] of [
    ['a%2fb', 'a%2Fb'],
    ['%41', 'A'],
    ['a+b', 'a%2Bb'],
    ['%E9', '%E9'],
    ['%E9ä', '%E9%C3%A4'],
    ['%', '%25'],
    ['%4', '%254'],
    ['%zz%41', '%25zzA'],
    ['%2541', '%2541'],
  ] as const) {
    it(`writes ${text} as ${expected}`, () => {
      expect(uriReencode(text)).to.equal(expected);
      expect(uriReencode(uriReencode(text))).to.equal(expected);
    });
  }
});

describe('uriDecode', () => {
  for (const [text, expected] of [
    ['a%20b+c', 'a b+c'],
    ['%C3%A4', 'ä'],
    ['%E9', '\ufffd'],
    ['%zz%41', '%zzA'],
  ] as const) {
    it(`reads ${text}`, () => expect(uriDecode(text)).to.equal(expected));
  }
});
