import { datacenterBody } from '../bodies/datacenter-body.ts';
import { DescribeAvailabilityZonesCommand } from '../sdk/client-ec2.ts';
import type { Describe } from './describe.ts';

/** The availability zones that the account may use. EC2 gives them in one piece. */
export const describeDatacenters: Describe = async function* ({ ec2, call, onUnknownState }, which, signal) {
  const { AvailabilityZones = [] } = await call.read('DescribeAvailabilityZones', signal, (http) =>
    ec2.send(new DescribeAvailabilityZonesCommand({ ...which }), http),
  );
  yield AvailabilityZones.map((zone) => datacenterBody(zone, onUnknownState));
};
