import { expect } from 'chai';
import { policyRuleSchema } from '../../../src/routes/policy-groups/policy-group.ts';

const patternRule = (pattern: string) => ({
  type: 'csg.resource.name.validation_pattern',
  service: 'sqs',
  action: 'CreateQueue',
  pattern,
});

describe('policyRuleSchema', () => {
  it('takes a pattern as people write them for names', () => {
    const rule = patternRule('^[a-z]+(-[a-z0-9]+)*$');

    expect(policyRuleSchema.parse(rule)).to.deep.equal(rule);
  });

  for (const pattern of ['(', '[a-', '(a+)+$', 'a'.repeat(513)]) {
    it(`refuses the pattern ${pattern.slice(0, 20)}`, () => {
      expect(policyRuleSchema.safeParse(patternRule(pattern)).success).to.equal(false);
    });
  }

  it('says why it refuses one', () => {
    const { error } = policyRuleSchema.safeParse(patternRule('([a-z]+)*'));

    expect(error?.issues).to.have.lengthOf(1);
    expect(error?.issues[0]).to.deep.include({
      path: ['pattern'],
      message: 'must be a valid regular expression without nested repetition',
    });
  });
});
