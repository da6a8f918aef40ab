import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { hmacSha256Hex } from '../src/hmac.ts';

describe('hmacSha256Hex', () => {
  // RFC 4231, test cases 1, 2 and 6.
  for (const [name, key, text, expected] of [
    [
      'a key of 20 bytes',
      Buffer.alloc(20, 0x0b),
      'Hi There',
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      'a short key',
      Buffer.from('Jefe'),
      'what do ya want for nothing?',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    [
      'a key of more than a block',
      Buffer.alloc(131, 0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ] as const) {
    it(`knows RFC 4231 with ${name}`, () => expect(hmacSha256Hex(key, text)).to.equal(expected));
  }

  it('is what createHmac says, for every length of key and text around its bounds', () => {
    for (const keyBytes of [0, 1, 31, 32, 63, 64, 65]) {
      for (const length of [0, 1, 55, 64, 137, 1023, 1024, 1025, 5000]) {
        const key = Buffer.from(Array.from({ length: keyBytes }, (_, i) => (i * 7 + length) % 256));
        const text = 'AWS4-HMAC-SHA256\n'.repeat(400).slice(0, length);
        expect(hmacSha256Hex(key, text)).to.equal(createHmac('sha256', key).update(text).digest('hex'));
      }
    }
  });
});
