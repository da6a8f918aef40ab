// EC2 CreateSecurityGroup: a group that lets everything out. No client token: the name, unique in the VPC, has to do.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { tagSetOf, tagSpecificationsField, tagsForOnly } from '../compute/tags.ts';
import { findDefaultVpc } from '../network/find-default-vpc.ts';
import { idKinds } from '../network/id-kinds.ts';
import { everythingOut, putGroup } from '../network/put-group.ts';
import { type SecurityGroup, securityGroupArn } from '../network/security-group.ts';
import { optional, required } from '../query/fields.ts';
import { shortText, text } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const createSecurityGroup = defineAction({
  service: 'ec2',
  name: 'CreateSecurityGroup',
  bucket: 'mutating',
  input: {
    name: required('GroupName', shortText(255)),
    description: required('GroupDescription', shortText(255)),
    vpcId: optional('VpcId', text),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ name, description, vpcId, tagSpecifications }, call) {
    const { state, random } = call;
    const [vpc] =
      vpcId === undefined ? [findDefaultVpc(state)] : findByIds([vpcId], state.vpcs.get, idKinds.vpc);
    checkName(name, vpc?.id ?? '', call);
    const group: SecurityGroup = {
      id: newResourceId(random, 'sg'),
      name,
      description,
      ownerId: call.accountId,
      region: call.region,
      vpcId: vpc?.id ?? '',
      createdAtMs: call.nowMs,
      tags: tagsForOnly('security-group', tagSpecifications),
    };
    putGroup(group, {
      tables: state,
      contents: [everythingOut],
      newRuleId: () => newResourceId(random, 'sgr'),
    });
    return {
      return: true,
      groupId: group.id,
      securityGroupArn: securityGroupArn(group),
      tagSet: tagSetOf(group.tags, call),
    };
  },
});

function checkName(name: string, vpcId: string, { state }: Pick<Call, 'state'>): void {
  if (name.toLowerCase() === 'default') {
    throw new AwsError('InvalidParameterValue', 'Cannot use reserved security group name: default');
  }
  if (name.startsWith('sg-') || !/^[\w .\-:/()#,@[\]+=&;{}!$*]+$/.test(name)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${name}) for parameter GroupName is invalid: it must not begin with sg-, and hold only letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*`,
    );
  }
  const taken = state.securityGroups
    .all()
    .some((group) => group.vpcId === vpcId && group.name.toLowerCase() === name.toLowerCase());
  if (taken) {
    throw new AwsError(
      'InvalidGroup.Duplicate',
      `The security group '${name}' already exists for VPC '${vpcId}'`,
    );
  }
}
