import { expect } from 'chai';
import { checkVolumeShape } from '../../../src/compute/storage/volume-shape.ts';

describe('checkVolumeShape', () => {
  const open = { iops: undefined, throughput: undefined, multiAttach: false };

  it('fills in what each type has anyway', () => {
    for (const [type, sizeGiB, iops, throughput] of [
      ['gp2', 8, 100, undefined],
      ['gp2', 1000, 3000, undefined],
      ['gp2', 16_384, 16_000, undefined],
      ['gp3', 1, 3000, 125],
      ['st1', 125, undefined, undefined],
      ['sc1', 125, undefined, undefined],
      ['standard', 1, undefined, undefined],
    ] as const) {
      expect(checkVolumeShape({ ...open, type, sizeGiB }), type).to.deep.equal({
        type,
        sizeGiB,
        iops,
        throughput,
        multiAttach: false,
      });
    }
  });

  it('holds sizes, rates and their ratio against the limits of the type', () => {
    for (const wrong of [
      { type: 'io1', sizeGiB: 3, iops: 100 },
      { type: 'standard', sizeGiB: 1025 },
      { type: 'gp3', sizeGiB: 10, iops: 2999 },
      { type: 'gp3', sizeGiB: 10, iops: 5001 },
      { type: 'io2', sizeGiB: 4, iops: 4001 },
      { type: 'gp3', sizeGiB: 10, throughput: 124 },
      { type: 'gp2', sizeGiB: 10, multiAttach: true },
    ]) {
      expect(() => checkVolumeShape({ ...open, ...wrong }), JSON.stringify(wrong)).to.throw();
    }
    expect(
      checkVolumeShape({ ...open, type: 'io2', sizeGiB: 4, iops: 4000, multiAttach: true }).iops,
    ).to.equal(4000);
  });
});
