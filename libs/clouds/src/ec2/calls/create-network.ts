// CreateVpc. EC2 has no token for it: found again by the request's tag.
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { networkBody } from '../bodies/network-body.ts';
import { CreateVpcCommand } from '../sdk/client-ec2.ts';
import { createOnce } from './create-once.ts';
import { tagSpecification } from './request-tag.ts';
import type { Create } from './write-calls.ts';

export const createNetwork: Create<'network'> = async (deps, spec, options) => {
  const { instanceTenancy, ipv6 } = readAttributes(createAttributes.network, spec.cloudAttributes);
  const input = {
    CidrBlock: spec.cidrBlock,
    InstanceTenancy: instanceTenancy,
    AmazonProvidedIpv6CidrBlock: ipv6,
    TagSpecifications: tagSpecification('vpc', spec, options.requestId),
  };
  return createOnce(
    deps,
    {
      type: 'network',
      action: 'CreateVpc',
      mayArriveTwice: false,
      async send(http, dryRun) {
        const { Vpc = {} } = await deps.ec2.send(new CreateVpcCommand({ ...input, ...dryRun }), http);
        return { resource: networkBody(Vpc, deps.onUnknownState), isComplete: true };
      },
    },
    options,
  );
};
