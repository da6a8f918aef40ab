import { networkBody } from '../bodies/network-body.ts';
import { DescribeVpcsCommand } from '../sdk/client-ec2.ts';
import type { Describe } from './describe.ts';
import { pages } from './pages.ts';

export const describeNetworks: Describe = async function* (deps, which, signal) {
  const { ec2, call, pageSize, onUnknownState } = deps;
  const answers = pages((token) =>
    call.read('DescribeVpcs', signal, (http) =>
      ec2.send(new DescribeVpcsCommand({ ...which, MaxResults: pageSize, ...token }), http),
    ),
  );
  for await (const { Vpcs = [] } of answers) yield Vpcs.map((vpc) => networkBody(vpc, onUnknownState));
};
