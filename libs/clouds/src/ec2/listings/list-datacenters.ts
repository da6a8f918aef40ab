// The availability zones that the account may use. EC2 gives them in one piece.
import { DescribeAvailabilityZonesCommand } from '@aws-sdk/client-ec2';
import { datacenterBody } from '../bodies/datacenter-body.ts';
import type { Listing } from './listing.ts';

export const listDatacenters: Listing = async function* ({ ec2, call, onUnknownState }, signal) {
  const { AvailabilityZones = [] } = await call.read('DescribeAvailabilityZones', signal, (options) =>
    ec2.send(new DescribeAvailabilityZonesCommand({}), options),
  );
  yield AvailabilityZones.map((zone) => datacenterBody(zone, onUnknownState));
};
