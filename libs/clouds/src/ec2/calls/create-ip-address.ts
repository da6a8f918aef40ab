// AllocateAddress. EC2 has no token for it: found again by the request's tag.
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { ipAddressBody } from '../bodies/ip-address-body.ts';
import { AllocateAddressCommand } from '../sdk/client-ec2.ts';
import { createOnce } from './create-once.ts';
import { tagSpecification, tagsToCreate } from './request-tag.ts';
import type { Create } from './write-calls.ts';

export const createIpAddress: Create<'ip-address'> = async (deps, spec, options) => {
  const attributes = readAttributes(createAttributes['ip-address'], spec.cloudAttributes);
  const input = {
    Domain: 'vpc' as const,
    Address: attributes.address,
    NetworkBorderGroup: attributes.networkBorderGroup,
    PublicIpv4Pool: attributes.publicIpv4Pool,
    TagSpecifications: tagSpecification('elastic-ip', spec, options.requestId),
  };
  return createOnce(
    deps,
    {
      type: 'ip-address',
      action: 'AllocateAddress',
      mayArriveTwice: false,
      async send(http, dryRun) {
        const answer = await deps.ec2.send(new AllocateAddressCommand({ ...input, ...dryRun }), http);
        // The answer has everything but the tags.
        const address = { ...answer, Tags: tagsToCreate(spec, options.requestId) };
        return { resource: ipAddressBody(address), isComplete: true };
      },
    },
    options,
  );
};
