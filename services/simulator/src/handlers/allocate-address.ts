// EC2 AllocateAddress. No client token: repeated, it gives another one.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { newPublicIp } from '../compute/launch.ts';
import { tagSpecificationsField, tagsForOnly } from '../compute/tags.ts';
import { optional, withDefault } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const allocateAddress = defineAction({
  service: 'ec2',
  name: 'AllocateAddress',
  bucket: 'mutating',
  input: {
    domain: withDefault('Domain', oneOf(['vpc', 'standard']), 'vpc'),
    borderGroup: optional('NetworkBorderGroup', text),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ borderGroup, tagSpecifications }, call) {
    const { accountId, region, random, nowMs, state } = call;
    if (borderGroup !== undefined && borderGroup !== region) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${borderGroup.slice(0, 100)}) for parameter networkBorderGroup is invalid.`,
      );
    }
    const address = {
      id: newResourceId(random, 'eipalloc'),
      ownerId: accountId,
      region,
      publicIp: freePublicIp(call),
      association: undefined,
      createdAtMs: nowMs,
      tags: tagsForOnly('elastic-ip', tagSpecifications),
    };
    state.addresses.put(address);
    return {
      publicIp: address.publicIp,
      allocationId: address.id,
      publicIpv4Pool: 'amazon',
      networkBorderGroup: region,
      domain: 'vpc',
    };
  },
});

function freePublicIp({ state, random }: Pick<Call, 'state' | 'random'>): string {
  const taken = new Set(state.addresses.all().map(({ publicIp }) => publicIp));
  for (let attempt = 0; attempt < 100; attempt++) {
    const publicIp = newPublicIp(random);
    if (!taken.has(publicIp)) return publicIp;
  }
  throw new AwsError('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
}
