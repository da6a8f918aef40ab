// EC2 CreateVpc: a network with its default security group. No client token: repeated, it makes another one.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { tagSpecificationsField, tagsForOnly } from '../compute/tags.ts';
import { readCidr, writeCidr } from '../network/cidr.ts';
import { defaultGroup, everythingFrom, everythingOut, putGroup } from '../network/put-group.ts';
import { type Vpc, writeVpc } from '../network/vpc.ts';
import { required, withDefault } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const createVpc = defineAction({
  service: 'ec2',
  name: 'CreateVpc',
  bucket: 'mutating',
  input: {
    cidrBlock: required('CidrBlock', text),
    tenancy: withDefault('InstanceTenancy', oneOf(['default', 'dedicated']), 'default'),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ cidrBlock, tenancy, tagSpecifications }, call) {
    const { random, nowMs, settings, state } = call;
    const cidr = readCidr(cidrBlock, 'cidrBlock');
    if (cidr.prefixLength < 16 || cidr.prefixLength > 28) {
      throw new AwsError('InvalidVpc.Range', `The CIDR '${writeCidr(cidr)}' is invalid.`);
    }
    const vpc: Vpc = {
      id: newResourceId(random, 'vpc'),
      ownerId: call.accountId,
      cidrBlock: writeCidr(cidr),
      associationId: newResourceId(random, 'vpc-cidr-assoc'),
      dhcpOptionsId: state.vpcs.all()[0]?.dhcpOptionsId ?? newResourceId(random, 'dopt'),
      isDefault: false,
      tenancy,
      dnsSupport: true,
      dnsHostnames: false,
      usageMetrics: false,
      state: 'pending',
      dueAtMs: nowMs + settings.transitionMs,
      createdAtMs: nowMs,
      tags: tagsForOnly('vpc', tagSpecifications),
    };
    state.vpcs.put(vpc);
    putDefaultGroup(vpc.id, call);
    return { vpc: writeVpc(vpc, call) };
  },
});

function putDefaultGroup(vpcId: string, { accountId, region, random, nowMs, state }: Call): void {
  const id = newResourceId(random, 'sg');
  putGroup(
    { ...defaultGroup, id, vpcId, ownerId: accountId, region, createdAtMs: nowMs, tags: new Map() },
    {
      tables: state,
      contents: [everythingOut, everythingFrom(id)],
      newRuleId: () => newResourceId(random, 'sgr'),
    },
  );
}
