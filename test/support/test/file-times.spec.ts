import { expect } from 'chai';
import { FileTimes } from '../src/file-times.ts';

describe('FileTimes', () => {
  it('adds up tests and hooks by file, and gives the slowest first', () => {
    const times = new FileTimes();
    for (const duration of [30_000, 41_250]) times.add({ file: '/repo/a/long.spec.js', duration });
    times.add({ file: '/repo/a/short.spec.js', duration: 900 });
    times.add({ file: '/repo/b/longest.spec.js', duration: 110_000 });
    times.add({ file: '/repo/b/skipped.spec.js' });
    times.add({ duration: 200_000 });

    expect(times.slowest(3, '/repo')).to.deep.equal([
      '  110.0 s  b/longest.spec.js',
      '   71.3 s  a/long.spec.js',
      '    0.9 s  a/short.spec.js',
    ]);
  });
});
