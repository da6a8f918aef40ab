// One small answer in EC2's XML for each call that lists something. Lists are in no order, as EC2's are.
import type { ServerResponse } from 'node:http';
import { ec2Answer } from './fake-aws-server.ts';

const nameTag = '<tagSet><item><key>Name</key><value>mine</value></item></tagSet>';

const ec2Answers: Readonly<Record<string, string>> = {
  DescribeInstances: `<reservationSet><item><reservationId>r-1</reservationId><ownerId>123456789012</ownerId>
    <instancesSet><item><instanceId>i-1</instanceId><imageId>ami-1</imageId><instanceState><code>16</code><name>running</name></instanceState>
    <placement><availabilityZone>us-east-1a</availabilityZone></placement></item></instancesSet></item></reservationSet>`,
  DescribeVolumes: `<volumeSet><item><volumeId>vol-1</volumeId><size>8</size><status>in-use</status><availabilityZone>us-east-1a</availabilityZone>
    <createTime>2026-11-22T10:00:00.000Z</createTime><attachmentSet><item><volumeId>vol-1</volumeId><instanceId>i-1</instanceId>
    <device>/dev/xvda</device><status>attached</status><attachTime>2026-11-22T10:00:01.000Z</attachTime>
    <deleteOnTermination>true</deleteOnTermination></item></attachmentSet>${nameTag}</item></volumeSet>`,
  DescribeAddresses: `<addressesSet><item><publicIp>54.0.0.1</publicIp><allocationId>eipalloc-1</allocationId><associationId>eipassoc-1</associationId>
    <instanceId>i-1</instanceId><networkInterfaceId>eni-1</networkInterfaceId><privateIpAddress>10.0.0.9</privateIpAddress><domain>vpc</domain></item>
    <item><publicIp>54.0.0.2</publicIp><allocationId>eipalloc-2</allocationId><domain>vpc</domain></item></addressesSet>`,
  DescribeSecurityGroups: `<securityGroupInfo><item><ownerId>123456789012</ownerId><groupId>sg-1</groupId><groupName>web</groupName>
    <groupDescription>for the web</groupDescription><vpcId>vpc-1</vpcId></item></securityGroupInfo>`,
  DescribeSecurityGroupRules: `<securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId><groupId>sg-1</groupId>
    <groupOwnerId>123456789012</groupOwnerId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort>
    <cidrIpv4>0.0.0.0/0</cidrIpv4></item></securityGroupRuleSet>`,
  DescribeVpcs: `<vpcSet><item><vpcId>vpc-1</vpcId><ownerId>123456789012</ownerId><state>available</state><cidrBlock>10.0.0.0/16</cidrBlock>
    <isDefault>false</isDefault>${nameTag}</item></vpcSet>`,
  DescribeSubnets: `<subnetSet><item><subnetId>subnet-1</subnetId><state>available</state><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/24</cidrBlock>
    <availabilityZone>us-east-1a</availabilityZone><availableIpAddressCount>250</availableIpAddressCount></item></subnetSet>`,
  DescribeKeyPairs: `<keySet><item><keyPairId>key-1</keyPairId><keyName>laptop</keyName><keyFingerprint>aa:bb</keyFingerprint><keyType>ed25519</keyType>
    <publicKey>ssh-ed25519 AAAA laptop
</publicKey><createTime>2026-11-22T10:00:00.000Z</createTime></item></keySet>`,
  DescribePlacementGroups: `<placementGroupSet><item><groupId>pg-1</groupId><groupName>close</groupName><state>available</state><strategy>cluster</strategy></item>
    <item><groupId>pg-2</groupId><groupName>apart</groupName><state>available</state><strategy>spread</strategy></item></placementGroupSet>`,
  DescribeImages: `<imagesSet><item><imageId>ami-1</imageId><imageState>available</imageState><imageOwnerId>123456789012</imageOwnerId>
    <name>mine</name><isPublic>false</isPublic></item></imagesSet>`,
  DescribeSnapshots: `<snapshotSet><item><snapshotId>snap-1</snapshotId><status>completed</status><ownerId>123456789012</ownerId><progress>100%</progress>
    <volumeSize>8</volumeSize><startTime>2026-11-22T10:00:00.000Z</startTime></item></snapshotSet>`,
  DescribeAvailabilityZones: `<availabilityZoneInfo><item><zoneName>us-east-1b</zoneName><zoneState>available</zoneState></item>
    <item><zoneName>us-east-1a</zoneName><zoneState>available</zoneState></item></availabilityZoneInfo>`,
  DescribeInstanceTypes: `<instanceTypeSet><item><instanceType>t3.micro</instanceType></item></instanceTypeSet>`,
  DescribeInstanceTypeOfferings: `<instanceTypeOfferingSet><item><instanceType>t3.micro</instanceType><location>us-east-1b</location></item>
    <item><instanceType>t3.micro</instanceType><location>us-east-1a</location></item></instanceTypeOfferingSet>`,
};

/** Answers with `xml`, or with the answer above for the call. */
export function answerEc2(call: URLSearchParams, response: ServerResponse, xml?: string): void {
  const action = call.get('Action') ?? '';
  response.end(ec2Answer(action, xml ?? ec2Answers[action] ?? ''));
}

/** The filters of a call: name to values. */
export function filtersOf(call: URLSearchParams): Record<string, string[]> {
  const filters: Record<string, string[]> = {};
  for (let filter = 1; call.has(`Filter.${filter}.Name`); filter += 1) {
    filters[call.get(`Filter.${filter}.Name`) ?? ''] = valuesOf(call, `Filter.${filter}.Value.`);
  }
  return filters;
}

/** Every value whose name begins so: `ImageId.`. */
export function valuesOf(call: URLSearchParams, prefix: string): string[] {
  return [...call].flatMap(([name, value]) => (name.startsWith(prefix) ? [value] : []));
}
