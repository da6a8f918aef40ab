import { securityGroupRuleBody } from '../bodies/security-group-rule-body.ts';
import { DescribeSecurityGroupRulesCommand } from '../sdk/client-ec2.ts';
import type { Describe } from './describe.ts';
import { pages } from './pages.ts';

/** Rules of all security groups, with ids of their own. */
export const describeSecurityGroupRules: Describe = async function* ({ ec2, call, pageSize }, which, signal) {
  const answers = pages((token) =>
    call.read('DescribeSecurityGroupRules', signal, (http) =>
      ec2.send(new DescribeSecurityGroupRulesCommand({ ...which, MaxResults: pageSize, ...token }), http),
    ),
  );
  for await (const { SecurityGroupRules = [] } of answers) {
    yield SecurityGroupRules.map(securityGroupRuleBody);
  }
};
