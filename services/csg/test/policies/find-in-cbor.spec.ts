import { cbor } from '@smithy/core/cbor';
import { expect } from 'chai';
import { findInCbor } from '../../src/policies/find-in-cbor.ts';
import { createGenerator } from './generator.ts';

const encoded = (value: unknown) => Buffer.from(cbor.serialize(value));
const find = (value: unknown, path: string) => findInCbor(encoded(value), path.split('.'));
const findInHex = (hex: string, path: string) =>
  findInCbor(Buffer.from(hex.replaceAll(' ', ''), 'hex'), path.split('.'));

describe('findInCbor', () => {
  it('finds what the SDK wrote', () => {
    const call = {
      bytes: new Uint8Array([1, 2, 3]),
      list: [1, -1, 2.5, 70_000, true, false, null, { Name: 'inner' }],
      long: 'x'.repeat(300),
      Set: { Name: 'nested' },
      AlarmName: 'été',
    };

    expect(find(call, 'AlarmName')).to.deep.equal({ kind: 'text', text: 'été' });
    expect(find(call, 'Set.Name')).to.deep.equal({ kind: 'text', text: 'nested' });
    expect(find(call, 'Name')).to.deep.equal({ kind: 'absent' });
    expect(find({ Name: null }, 'Name')).to.deep.equal({ kind: 'absent' });
  });

  it('reads maps, lists and texts whose length is not said, and tags', () => {
    // {_ "a": [_ 1, (_ h'00')], "t": 1(2), "Name": (_ "x", "y")}
    expect(findInHex('bf 6161 9f 01 5f4100ff ff 6174 c102 644e616d65 7f61786179ff ff', 'Name')).to.deep.equal(
      {
        kind: 'text',
        text: 'xy',
      },
    );
  });

  for (const [what, hex] of [
    ['nothing', ''],
    ['a name that comes twice', 'a2 644e616d65 6178 644e616d65 6179'],
    ['a name in other letters', 'a1 646e616d65 6178'],
    ['a name that is a number', 'a1 644e616d65 01'],
    ['a name in bytes', 'a1 644e616d65 4178'],
    ['a map that ends too early', 'a2 644e616d65 6178'],
    ['more after the end', 'a1 644e616d65 6178 00'],
    ['a key that is a number', 'a2 0101 644e616d65 6178'],
    ['a length beyond the end', 'a1 644e616d65 7affffffff 78'],
    ['a reserved length', 'a1 644e616d65 7c 78'],
    ['a break that ends nothing', 'a2 6161ff 644e616d65 6178'],
    ['a map of odd length', 'a2 6161 bf 01 ff 644e616d65 6178'],
    ['text that is not UTF-8', 'a1 644e616d65 61e9'],
    ['too many levels', `a1 6161 ${'81'.repeat(100_000)}`],
    ['more items than there can be', 'a2 6161 9bffffffffffffffff 644e616d65 6178'],
  ] as const) {
    it(`cannot read ${what}`, () => expect(findInHex(hex, 'Name').kind).to.equal('unreadable'));
  }

  it('comes to an end on 20,000 broken bodies', () => {
    const whole = encoded({ a: [1, { b: 'c' }], Name: 'x', d: new Uint8Array(30) });
    for (let seed = 1; seed <= 20_000; seed += 1) {
      const { below } = createGenerator(seed);
      const broken = Buffer.from(whole);
      broken[below(broken.length)] = below(256);
      expect(findInCbor(broken, ['Name']).kind).to.be.oneOf(['text', 'absent', 'unreadable']);
    }
  });
});
