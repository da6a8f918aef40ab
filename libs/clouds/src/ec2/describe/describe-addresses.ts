import { ipAddressBindingBody } from '../bodies/ip-address-binding-body.ts';
import { ipAddressBody } from '../bodies/ip-address-body.ts';
import { DescribeAddressesCommand } from '../sdk/client-ec2.ts';
import type { Describe } from './describe.ts';

/** Elastic IP addresses, each followed by its binding. EC2 gives them in one piece. */
export const describeAddresses: Describe = async function* ({ ec2, call }, which, signal) {
  const { Addresses = [] } = await call.read('DescribeAddresses', signal, (http) =>
    ec2.send(new DescribeAddressesCommand({ ...which }), http),
  );
  yield Addresses.flatMap((address) => {
    const binding = ipAddressBindingBody(address);
    return binding === null ? [ipAddressBody(address)] : [ipAddressBody(address), binding];
  });
};
