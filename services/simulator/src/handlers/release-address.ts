// EC2 ReleaseAddress: only when it is associated with nothing.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findAddress } from '../network/find-address.ts';
import { optional } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const releaseAddress = defineAction({
  service: 'ec2',
  name: 'ReleaseAddress',
  bucket: 'mutating',
  input: { id: optional('AllocationId', text), publicIp: optional('PublicIp', text) },
  handle(input, call) {
    const address = findAddress(input, call);
    if (address.association) {
      throw new AwsError('InvalidIPAddress.InUse', `Address ${address.publicIp} is in use.`);
    }
    call.state.addresses.delete(address.id);
    return { return: true };
  },
});
