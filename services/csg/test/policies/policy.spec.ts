import type { PolicyRule } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { policyFor, policyOf } from '../../src/policies/policy.ts';

const rules: readonly PolicyRule[] = [
  { type: 'csg.actions', service: 'sqs', allow: ['List*'] },
  { type: 'csg.actions', service: 'sqs', allow: ['Get*', 'List*'] },
  { type: 'csg.regions', allow: ['eu-west-1'] },
  { type: 'csg.calls_per_minute', max: 100 },
  { type: 'csg.calls_per_minute', service: 'sqs', max: 10 },
  { type: 'csg.calls_per_minute', service: 'sqs', max: 20 },
];

describe('policyOf', () => {
  it('makes one of all alternatives', () => {
    const { allowsRegion, allowsAction, callsPerMinute } = policyFor(rules, 'sqs');

    expect(allowsRegion?.('eu-west-1')).to.equal(true);
    expect(
      ['ListQueues', 'GetQueueUrl', 'SendMessage'].map((action) => allowsAction?.(action)),
    ).to.deep.equal([true, true, false]);
    expect(callsPerMinute).to.deep.equal({ service: 20, all: 100 });
  });

  it('leaves the rules of one service out of the others', () => {
    const { allowsRegion, allowsAction, callsPerMinute } = policyFor(rules, 'sns');

    expect(allowsRegion?.('us-east-1')).to.equal(false);
    expect(allowsAction).to.equal(undefined);
    expect(callsPerMinute).to.deep.equal({ service: undefined, all: 100 });
  });

  it('compiles a list once', () => {
    expect(policyOf(rules)).to.equal(policyOf(rules));
    expect(policyOf([...rules])).not.to.equal(policyOf(rules));
  });
});
