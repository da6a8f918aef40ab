import { expect } from 'chai';
import { parseCsgOptions } from '../../src/csg/csg-options.ts';

describe('parseCsgOptions', () => {
  it('has a default for everything', () => {
    expect(parseCsgOptions([])).to.deep.equal({
      rounds: 8,
      seconds: 1.5,
      warmupSeconds: 10,
      concurrency: [16, 1, 64],
      measure: ['requests', 'connections', 'streams'],
      streamRounds: 3,
      streamMegabytes: 1024,
      peers: ['direct', 'csg', 'bare', 'http-mitm-proxy', 'mockttp', 'nginx', 'squid', 'mitmproxy'],
      json: false,
      profileDirectory: undefined,
    });
  });

  it('makes a smoke run short, and leaves the rest to be chosen', () => {
    const options = parseCsgOptions(['--smoke', '--peers', 'csg', '--seconds', '0.2']);

    expect(options).to.deep.include({ rounds: 1, seconds: 0.2, streamMegabytes: 16, peers: ['csg'] });
  });

  it('gives nothing when help is asked for', () => {
    expect(parseCsgOptions(['--help'])).to.equal(undefined);
  });

  for (const args of [
    ['--rounds', '0'],
    ['--seconds', '0'],
    ['--seconds', 'x'],
    ['--concurrency', '1,,2'],
    ['--stream-mb', '0.5'],
    ['--peers', 'csg,envoy'],
    ['--measure', 'latency'],
    ['--fast'],
  ]) {
    it(`refuses ${args.join(' ')}`, () => {
      expect(() => parseCsgOptions(args)).to.throw();
    });
  }
});
