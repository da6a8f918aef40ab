// Every instance of the account in the region, terminated ones too for as long as EC2 shows them (about an hour).
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { instanceBody } from '../bodies/instance-body.ts';
import type { Listing } from './listing.ts';
import { pages } from './pages.ts';

// Always with MaxResults: unpaged listings draw from a smaller bucket of AWS's rate limit.
export const listInstances: Listing = async function* ({ ec2, call, pageSize, onUnknownState }, signal) {
  const listing = pages((token) =>
    call.read('DescribeInstances', signal, (options) =>
      ec2.send(new DescribeInstancesCommand({ MaxResults: pageSize, ...token }), options),
    ),
  );
  for await (const { Reservations = [] } of listing) {
    yield Reservations.flatMap((reservation) =>
      (reservation.Instances ?? []).map((instance) => instanceBody(instance, reservation, onUnknownState)),
    );
  }
};
