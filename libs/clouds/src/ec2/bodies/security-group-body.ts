// A security group as a body. Its rules are bodies of their own, with ids of their own, from another call.
import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { SecurityGroupBody } from '@cloud-gateway/contracts';
import { tagsOf, textOrNull } from './fields.ts';

export function securityGroupBody(group: SecurityGroup): SecurityGroupBody {
  return {
    type: 'security-group',
    cloudId: group.GroupId ?? '',
    // The group's own name, which is fixed; not the tag.
    name: textOrNull(group.GroupName),
    state: 'present',
    rawState: null,
    stateReason: null,
    owner: textOrNull(group.OwnerId),
    visibility: 'private',
    tags: tagsOf(group.Tags),
    createdAt: null,
    description: textOrNull(group.Description),
    networkId: textOrNull(group.VpcId),
    cloudAttributes: {},
  };
}
