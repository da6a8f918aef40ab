import type { PolicyRule } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { needsBody } from '../../src/policies/needs-body.ts';

const rules: readonly PolicyRule[] = [
  { type: 'csg.resource.name.prefix', service: 'sqs', action: 'CreateQueue', prefix: 'team-a-' },
  { type: 'csg.actions', service: 'sns', allow: ['List*'] },
];

describe('needsBody', () => {
  it('says so of the calls whose names a rule looks at', () => {
    expect(needsBody(rules, 'sqs', 'CreateQueue')).to.equal(true);
    expect(needsBody(rules, 'sqs', 'createqueue')).to.equal(true);
    expect(needsBody(rules, 'sqs', 'ListQueues')).to.equal(false);
    expect(needsBody(rules, 'sns', 'CreateTopic')).to.equal(false);
    expect(needsBody(rules, 's3', 'PutObject')).to.equal(false);
    expect(needsBody([], 'sqs', 'CreateQueue')).to.equal(false);
  });

  it('does not wait for the body of a call that it cannot name: it is refused as it is', () => {
    expect(needsBody(rules, 'sqs', undefined)).to.equal(false);
  });
});
