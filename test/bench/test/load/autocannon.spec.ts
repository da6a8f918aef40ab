import { expect } from 'chai';
import { parseAutocannonResult } from '../../src/load/autocannon.ts';

describe('parseAutocannonResult', () => {
  it('counts whatever was not the right answer as a fault', () => {
    const printed = JSON.stringify({
      requests: { total: 300 },
      duration: 2,
      latency: { p50: 3, p99: 8 },
      non2xx: 4,
      mismatches: 1,
      errors: 0,
      timeouts: 0,
    });

    const { faults, ...result } = parseAutocannonResult(printed);

    expect(result).to.deep.equal({ requests: 300, requestsPerSecond: 150, p50Ms: 3, p99Ms: 8 });
    expect(faults).to.include({ 'answers that were not 2xx': 4, 'wrong answers': 1 });
  });
});
