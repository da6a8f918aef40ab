// EC2 CreateSubnet. No client token: repeated, it is refused, as its addresses are taken.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { tagSpecificationsField, tagsForOnly } from '../compute/tags.ts';
import type { Zone } from '../compute/zones.ts';
import { type Cidr, contains, overlaps, readCidr, writeCidr } from '../network/cidr.ts';
import { idKinds } from '../network/id-kinds.ts';
import { type Subnet, usualSubnet, writeSubnet } from '../network/subnet.ts';
import type { Vpc } from '../network/vpc.ts';
import { optional, required } from '../query/fields.ts';
import { text } from '../query/scalars.ts';
import { newResourceId } from '../random-source.ts';

export const createSubnet = defineAction({
  service: 'ec2',
  name: 'CreateSubnet',
  bucket: 'mutating',
  input: {
    vpcId: required('VpcId', text),
    cidrBlock: required('CidrBlock', text),
    zone: optional('AvailabilityZone', text),
    zoneId: optional('AvailabilityZoneId', text),
    tagSpecifications: tagSpecificationsField,
  },
  handle({ vpcId, cidrBlock, zone, zoneId, tagSpecifications }, call) {
    const [vpc] = findByIds([vpcId], call.state.vpcs.get, idKinds.vpc);
    const cidr = readCidr(cidrBlock, 'cidrBlock');
    if (vpc) checkRoom(cidr, vpc, call);
    const { name, id } = chooseZone({ zone, zoneId }, call);
    const subnet: Subnet = {
      ...usualSubnet,
      id: newResourceId(call.random, 'subnet'),
      vpcId,
      ownerId: call.accountId,
      region: call.region,
      zone: name,
      zoneId: id,
      cidrBlock: writeCidr(cidr),
      createdAtMs: call.nowMs,
      tags: tagsForOnly('subnet', tagSpecifications),
    };
    call.state.subnets.put(subnet);
    return { subnet: writeSubnet(subnet, () => 0, call) };
  },
});

function checkRoom(cidr: Cidr, vpc: Vpc, { state }: Pick<Call, 'state'>): void {
  const written = writeCidr(cidr);
  const isRightSize = cidr.prefixLength >= 16 && cidr.prefixLength <= 28;
  if (!isRightSize || !contains(readCidr(vpc.cidrBlock, 'cidrBlock'), cidr)) {
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${written}' is invalid.`);
  }
  const taken = state.subnets
    .all()
    .some(({ vpcId, cidrBlock }) => vpcId === vpc.id && overlaps(readCidr(cidrBlock, 'cidrBlock'), cidr));
  if (taken) {
    throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${written}' conflicts with another subnet`);
  }
}

function chooseZone(
  { zone, zoneId }: { zone: string | undefined; zoneId: string | undefined },
  { state }: Pick<Call, 'state'>,
): Zone {
  const { zones } = state;
  const found = zones.find(
    ({ name, id }) => (zone === undefined || name === zone) && (zoneId === undefined || id === zoneId),
  );
  if (found) return found;
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${(zone ?? zoneId ?? '').slice(0, 100)}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.map(({ name }) => name).join(', ')}.`,
  );
}
