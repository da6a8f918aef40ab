import { securityGroupBody } from '../bodies/security-group-body.ts';
import { DescribeSecurityGroupsCommand } from '../sdk/client-ec2.ts';
import type { Describe } from './describe.ts';
import { pages } from './pages.ts';

/** Security groups without their rules. */
export const describeSecurityGroups: Describe = async function* ({ ec2, call, pageSize }, which, signal) {
  const answers = pages((token) =>
    call.read('DescribeSecurityGroups', signal, (http) =>
      ec2.send(new DescribeSecurityGroupsCommand({ ...which, MaxResults: pageSize, ...token }), http),
    ),
  );
  for await (const { SecurityGroups = [] } of answers) yield SecurityGroups.map(securityGroupBody);
};
