import { expect } from 'chai';
import { createFaults, faultRuleSchema } from '../../src/faults/faults.ts';

describe('createFaults', () => {
  const call = { service: 'ec2', action: 'RunInstances', accountId: '1', region: 'us-east-1' };
  const withRules = (...rules: unknown[]) => {
    const faults = createFaults();
    faults.set(rules.map((rule) => faultRuleSchema.parse(rule)));
    return faults;
  };

  it('hits only what every part of the rule names', () => {
    const faults = withRules({ kind: 'throttle', action: 'RunInstances', region: 'us-east-1' });

    expect(faults.strike({ ...call, region: 'eu-west-1' }).outcome).to.equal(undefined);
    expect(faults.strike({ ...call, action: 'StopInstances' }).outcome).to.equal(undefined);
    expect(faults.strike(call).outcome?.kind).to.equal('throttle');
  });

  it('is used up after its times, and keeps a second outcome for a later call', () => {
    const faults = withRules({ kind: 'throttle', times: 2 }, { kind: 'reset-after', times: 1 });

    const outcomes = Array.from({ length: 4 }, () => faults.strike(call).outcome?.kind);

    expect(outcomes).to.deep.equal(['throttle', 'throttle', 'reset-after', undefined]);
    expect(faults.rules()).to.deep.equal([]);
  });

  it('spends lies of listings on Describe calls only', () => {
    const faults = withRules(
      { kind: 'missing-items', share: 0.5, times: 1 },
      { kind: 'empty-listing', times: 1 },
      { kind: 'repeated-items', times: 1 },
    );

    expect(faults.strike(call).listing).to.deep.equal({ missing: [], isEmpty: false, repeats: false });
    expect(faults.strike({ ...call, action: 'DescribeVolumes' }).listing).to.deep.include({
      isEmpty: true,
      repeats: true,
    });
    expect(faults.rules()).to.deep.equal([]);
  });

  it('adds delays up and combines them with an outcome', () => {
    const faults = withRules(
      { kind: 'delay', ms: 5 },
      { kind: 'delay', ms: 7, times: 1 },
      { kind: 'no-tags' },
      { kind: 'zone-down', zone: 'a' },
      { kind: 'reset-before', times: 3 },
    );

    const describe = { ...call, action: 'DescribeInstances' };
    expect(faults.strike(describe)).to.deep.include({ delayMs: 12, noTags: true, zonesDown: new Set(['a']) });
    expect(faults.strike(describe).delayMs).to.equal(5);
    expect(faults.rules().find(({ kind }) => kind === 'reset-before')?.times).to.equal(1);
  });
});
