import { instanceTypeBody } from '../bodies/instance-type-body.ts';
import { DescribeInstanceTypeOfferingsCommand, DescribeInstanceTypesCommand } from '../sdk/client-ec2.ts';
import type { Describe, DescribeDeps, Which } from './describe.ts';
import { pages } from './pages.ts';

// EC2 takes no more for this call.
const pageSizeMax = 100;

/** The instance types of the region, each with the zones that have it: those are another call of EC2. */
export const describeInstanceTypes: Describe = async function* (deps, which, signal) {
  const { ec2, call, pageSize } = deps;
  const datacenters = await datacentersByType(deps, which, signal);
  const MaxResults = Math.min(pageSize, pageSizeMax);
  const answers = pages((token) =>
    call.read('DescribeInstanceTypes', signal, (http) =>
      ec2.send(new DescribeInstanceTypesCommand({ ...which, MaxResults, ...token }), http),
    ),
  );
  for await (const { InstanceTypes = [] } of answers) {
    yield InstanceTypes.map((info) => instanceTypeBody(info, datacenters.get(info.InstanceType ?? '')));
  }
};

async function datacentersByType(
  { ec2, call, pageSize }: DescribeDeps,
  which: Which,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const input = { ...which, LocationType: 'availability-zone', MaxResults: pageSize } as const;
  const answers = pages((token) =>
    call.read('DescribeInstanceTypeOfferings', signal, (http) =>
      ec2.send(new DescribeInstanceTypeOfferingsCommand({ ...input, ...token }), http),
    ),
  );
  const byType = new Map<string, string[]>();
  for await (const { InstanceTypeOfferings = [] } of answers) {
    for (const { InstanceType = '', Location = '' } of InstanceTypeOfferings) {
      const datacenters = byType.get(InstanceType);
      if (datacenters === undefined) byType.set(InstanceType, [Location]);
      else datacenters.push(Location);
    }
  }
  return byType;
}
