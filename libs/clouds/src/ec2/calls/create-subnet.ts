// CreateSubnet. EC2 has no token for it: found again by the request's tag.
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { subnetBody } from '../bodies/subnet-body.ts';
import { CreateSubnetCommand } from '../sdk/client-ec2.ts';
import { createOnce } from './create-once.ts';
import { tagSpecification } from './request-tag.ts';
import type { Create } from './write-calls.ts';

export const createSubnet: Create<'subnet'> = async (deps, spec, options) => {
  const { ipv6CidrBlock } = readAttributes(createAttributes.subnet, spec.cloudAttributes);
  const input = {
    VpcId: spec.networkId,
    CidrBlock: spec.cidrBlock,
    Ipv6CidrBlock: ipv6CidrBlock,
    AvailabilityZone: spec.datacenter,
    TagSpecifications: tagSpecification('subnet', spec, options.requestId),
  };
  return createOnce(
    deps,
    {
      type: 'subnet',
      action: 'CreateSubnet',
      mayArriveTwice: false,
      // The block is taken: by the first attempt, perhaps.
      duplicateCodes: ['InvalidSubnet.Conflict'],
      refusesSecond: true,
      async send(http, dryRun) {
        const { Subnet = {} } = await deps.ec2.send(new CreateSubnetCommand({ ...input, ...dryRun }), http);
        return { resource: subnetBody(Subnet, deps.onUnknownState), isComplete: true };
      },
    },
    options,
  );
};
