// CreateSecurityGroup. Its name is unique in the network; found again by the request's tag.
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { securityGroupBody } from '../bodies/security-group-body.ts';
import { CreateSecurityGroupCommand } from '../sdk/client-ec2.ts';
import { createOnce } from './create-once.ts';
import { tagSpecification } from './request-tag.ts';
import type { Create } from './write-calls.ts';

export const createSecurityGroup: Create<'security-group'> = async (deps, spec, options) => {
  readAttributes(createAttributes['security-group'], spec.cloudAttributes);
  const described = { GroupName: spec.name, Description: spec.description, VpcId: spec.networkId };
  const input = {
    ...described,
    // The name is EC2's own, not a tag.
    TagSpecifications: tagSpecification('security-group', { tags: spec.tags }, options.requestId),
  };
  return createOnce(
    deps,
    {
      type: 'security-group',
      action: 'CreateSecurityGroup',
      mayArriveTwice: false,
      duplicateCodes: ['InvalidGroup.Duplicate'],
      refusesSecond: true,
      async send(http, dryRun) {
        const answer = await deps.ec2.send(new CreateSecurityGroupCommand({ ...input, ...dryRun }), http);
        const { GroupId, Tags } = answer;
        const group = { ...described, GroupId, Tags, OwnerId: deps.cloudAccountId };
        // The answer has neither the rules that EC2 gives it nor the network that it chose.
        return { resource: securityGroupBody(group), isComplete: false };
      },
    },
    options,
  );
};
