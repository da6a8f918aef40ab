import { subnetBody } from '../bodies/subnet-body.ts';
import { DescribeSubnetsCommand } from '../sdk/client-ec2.ts';
import type { Describe } from './describe.ts';
import { pages } from './pages.ts';

export const describeSubnets: Describe = async function* (deps, which, signal) {
  const { ec2, call, pageSize, onUnknownState } = deps;
  const answers = pages((token) =>
    call.read('DescribeSubnets', signal, (http) =>
      ec2.send(new DescribeSubnetsCommand({ ...which, MaxResults: pageSize, ...token }), http),
    ),
  );
  for await (const { Subnets = [] } of answers) {
    yield Subnets.map((subnet) => subnetBody(subnet, onUnknownState));
  }
};
