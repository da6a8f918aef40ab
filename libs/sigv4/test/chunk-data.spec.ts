import { expect } from 'chai';
import { createChunkData } from '../src/chunk-data.ts';
import { sha256Hex } from '../src/sha256.ts';

describe('createChunkData', () => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 31) % 251));

  for (const sizes of [
    [1],
    [4096],
    [4097],
    [65_536],
    [200_000],
    [5000, 1, 1, 1],
    [1, 3000, 20_000, 2, 4096],
  ]) {
    it(`gives back what it got, in pieces of ${sizes.join(', ')} bytes`, () => {
      const data = createChunkData();
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = sizes[i % sizes.length] ?? 1;
        data.add(bytes.subarray(at, at + size));
        at += size;
      }

      expect(Buffer.concat(data.pieces).equals(bytes)).to.equal(true);
      expect(data.sha256()).to.equal(sha256Hex(bytes));
    });
  }

  it('keeps few pieces, however small they come', () => {
    const data = createChunkData();
    for (let i = 0; i < 100_000; i++) data.add(bytes.subarray(i, i + 1));
    expect(data.pieces.length).to.be.below(12);
  });

  it('copies no larger piece', () => {
    const data = createChunkData();
    for (const at of [0, 50_000, 100_000]) data.add(bytes.subarray(at, at + 50_000));
    expect(data.pieces.map((piece) => piece.buffer === bytes.buffer)).to.deep.equal([true, true, true]);
  });
});
