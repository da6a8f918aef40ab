// The instance types that the region has.
import { DescribeInstanceTypesCommand } from '@aws-sdk/client-ec2';
import { instanceTypeBody } from '../bodies/instance-type-body.ts';
import type { Listing } from './listing.ts';
import { pages } from './pages.ts';

const pageSizeMax = 100;

export const listInstanceTypes: Listing = async function* ({ ec2, call, pageSize }, signal) {
  const MaxResults = Math.min(pageSize, pageSizeMax);
  const listing = pages((token) =>
    call.read('DescribeInstanceTypes', signal, (options) =>
      ec2.send(new DescribeInstanceTypesCommand({ MaxResults, ...token }), options),
    ),
  );
  for await (const { InstanceTypes = [] } of listing) yield InstanceTypes.map(instanceTypeBody);
};
