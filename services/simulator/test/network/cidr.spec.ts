import { expect } from 'chai';
import { addressAt, contains, overlaps, parseCidr, sizeOf, writeCidr } from '../../src/network/cidr.ts';

describe('parseCidr', () => {
  for (const [text, canonical] of [
    ['10.0.0.0/16', '10.0.0.0/16'],
    ['100.68.0.18/18', '100.68.0.0/18'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['203.0.113.9/0', '0.0.0.0/0'],
    ['10.0.0.0/33', undefined],
    ['10.0.0.256/24', undefined],
    ['10.0.0/24', undefined],
    ['10.0.0.0', undefined],
    [' 10.0.0.0/16', undefined],
  ] as const) {
    it(`reads '${text}' as ${canonical ?? 'nothing'}`, () => {
      const cidr = parseCidr(text);
      expect(cidr && writeCidr(cidr)).to.equal(canonical);
    });
  }
});

describe('contains and overlaps', () => {
  const cidr = (text: string) => parseCidr(text) ?? { first: -1, prefixLength: 32 };

  for (const [a, b, inside, touching] of [
    ['10.0.0.0/16', '10.0.255.0/24', true, true],
    ['10.0.0.0/24', '10.0.0.0/24', true, true],
    ['10.0.255.0/24', '10.0.0.0/16', false, true],
    ['10.0.0.0/24', '10.0.1.0/24', false, false],
    ['192.0.0.0/2', '255.0.0.0/8', true, true],
  ] as const) {
    it(`of ${a} and ${b}`, () => {
      expect([contains(cidr(a), cidr(b)), overlaps(cidr(a), cidr(b))]).to.deep.equal([inside, touching]);
    });
  }

  it('count and give addresses', () => {
    expect(sizeOf(cidr('10.0.0.0/20'))).to.equal(4096);
    expect(addressAt(cidr('172.31.240.0/20'), 4095)).to.equal('172.31.255.255');
  });
});
