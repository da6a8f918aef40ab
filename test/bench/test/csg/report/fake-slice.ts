import type { Slice } from '../../../src/csg/run/slice.ts';

export function fakeSlice(given: Partial<Slice>): Slice {
  return { measurement: 'requests-16', peer: 'csg', round: 1, figures: {}, strangersCores: 0, ...given };
}
