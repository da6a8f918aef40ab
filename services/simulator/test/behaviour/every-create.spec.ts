import type { EC2, Tag } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { expectAwsError, place, region, useSimulator } from '../use-simulator.ts';

interface Base {
  readonly imageId: string;
  readonly instanceId: string;
  readonly vpcId: string;
  readonly groupId: string;
  readonly snapshotId: string;
}

interface Specification<T extends string> {
  TagSpecifications: { ResourceType: T; Tags: Tag[] }[];
}

type Create = (
  ec2: EC2,
  tagged: <T extends string>(type: T) => Specification<T>,
  base: Base,
) => Promise<unknown>;
type Describe = (ec2: EC2, ids: string[]) => Promise<unknown>;

const creates: Record<string, { create: Create; describe: Describe; notFound: string }> = {
  RunInstances: {
    create: (ec2, tagged, { imageId: ImageId }) =>
      ec2.runInstances({ ImageId, MinCount: 1, MaxCount: 1, ...tagged('instance') }),
    describe: (ec2, InstanceIds) => ec2.describeInstances({ InstanceIds }),
    notFound: 'InvalidInstanceID.NotFound',
  },
  CreateImage: {
    create: (ec2, tagged, { instanceId: InstanceId }) =>
      ec2.createImage({ InstanceId, Name: 'made', ...tagged('image') }),
    describe: (ec2, ImageIds) => ec2.describeImages({ ImageIds }),
    notFound: 'InvalidAMIID.NotFound',
  },
  CreateVolume: {
    create: (ec2, tagged) =>
      ec2.createVolume({ AvailabilityZone: `${region}a`, Size: 1, ...tagged('volume') }),
    describe: (ec2, VolumeIds) => ec2.describeVolumes({ VolumeIds }),
    notFound: 'InvalidVolume.NotFound',
  },
  CopySnapshot: {
    create: (ec2, tagged, { snapshotId: SourceSnapshotId }) =>
      ec2.copySnapshot({ SourceSnapshotId, SourceRegion: region, ...tagged('snapshot') }),
    describe: (ec2, SnapshotIds) => ec2.describeSnapshots({ SnapshotIds }),
    notFound: 'InvalidSnapshot.NotFound',
  },
  CreateVpc: {
    create: (ec2, tagged) => ec2.createVpc({ CidrBlock: '10.1.0.0/16', ...tagged('vpc') }),
    describe: (ec2, VpcIds) => ec2.describeVpcs({ VpcIds }),
    notFound: 'InvalidVpcID.NotFound',
  },
  CreateSubnet: {
    create: (ec2, tagged, { vpcId: VpcId }) =>
      ec2.createSubnet({ VpcId, CidrBlock: '10.0.1.0/24', ...tagged('subnet') }),
    describe: (ec2, SubnetIds) => ec2.describeSubnets({ SubnetIds }),
    notFound: 'InvalidSubnetID.NotFound',
  },
  CreateSecurityGroup: {
    create: (ec2, tagged, { vpcId: VpcId }) =>
      ec2.createSecurityGroup({ VpcId, GroupName: 'made', Description: 'made', ...tagged('security-group') }),
    describe: (ec2, GroupIds) => ec2.describeSecurityGroups({ GroupIds }),
    notFound: 'InvalidGroup.NotFound',
  },
  AuthorizeSecurityGroupIngress: {
    create: (ec2, tagged, { groupId: GroupId }) =>
      ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
        ],
        ...tagged('security-group-rule'),
      }),
    describe: (ec2, SecurityGroupRuleIds) => ec2.describeSecurityGroupRules({ SecurityGroupRuleIds }),
    notFound: 'InvalidSecurityGroupRuleId.NotFound',
  },
  CreateKeyPair: {
    create: (ec2, tagged) =>
      ec2.createKeyPair({ KeyName: 'made', KeyType: 'ed25519', ...tagged('key-pair') }),
    describe: (ec2, KeyPairIds) => ec2.describeKeyPairs({ KeyPairIds }),
    notFound: 'InvalidKeyPair.NotFound',
  },
  AllocateAddress: {
    create: (ec2, tagged) => ec2.allocateAddress({ Domain: 'vpc', ...tagged('elastic-ip') }),
    describe: (ec2, AllocationIds) => ec2.describeAddresses({ AllocationIds }),
    notFound: 'InvalidAllocationID.NotFound',
  },
  CreatePlacementGroup: {
    create: (ec2, tagged) =>
      ec2.createPlacementGroup({ GroupName: 'made', Strategy: 'cluster', ...tagged('placement-group') }),
    describe: (ec2, GroupIds) => ec2.describePlacementGroups({ GroupIds }),
    notFound: 'InvalidPlacementGroup.Unknown',
  },
};

describe('every create', () => {
  const cloud = useSimulator();
  const requestTag = { Key: 'request-id', Value: 'request-1' };
  const tagged = <T extends string>(type: T): Specification<T> => ({
    TagSpecifications: [{ ResourceType: type, Tags: [requestTag] }],
  });

  const prepare = async (): Promise<Base> => {
    const ec2 = cloud.ec2();
    const [instanceId = ''] = await cloud.running();
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    const vpcId = Vpc?.VpcId ?? '';
    const { GroupId = '' } = await ec2.createSecurityGroup({
      VpcId: vpcId,
      GroupName: 'base',
      Description: 'x',
    });
    return {
      imageId: await cloud.imageId(),
      instanceId,
      vpcId,
      groupId: GroupId,
      snapshotId: cloud.simulator.snapshot(place).volumeSnapshots[0]?.id ?? '',
    };
  };

  /** Finds what a request has made, as one would whose answer was lost. */
  const madeByRequest = async () => {
    const { Tags } = await cloud.ec2().describeTags({
      Filters: [{ Name: `tag:${requestTag.Key}`, Values: [requestTag.Value] }],
    });
    return Tags?.map(({ ResourceId }) => ResourceId ?? '') ?? [];
  };

  for (const [action, { create, describe: describeById, notFound }] of Object.entries(creates)) {
    it(`${action}: loses its answer and not its effect, which lags and is then there once`, async () => {
      const base = await prepare();
      const lose = async (kind: 'reset-before' | 'reset-after') => {
        cloud.simulator.setFaults([{ kind, action, times: 1 }]);
        const error = await create(cloud.ec2(), tagged, base).catch((err: unknown) => err);
        expect(error).to.have.property('code', 'ECONNRESET');
        expect(cloud.simulator.faults()).to.deep.equal([]);
      };

      await lose('reset-before');
      expect(await madeByRequest()).to.deep.equal([]);
      await lose('reset-after');
      const made = await madeByRequest();
      expect(made).to.have.length(1);

      cloud.simulator.setLagMs(60_000);
      expect(await madeByRequest()).to.deep.equal([]);
      await expectAwsError(describeById(cloud.ec2(), made), notFound);
      cloud.simulator.advanceMs(60_000);
      expect(await madeByRequest()).to.deep.equal(made);
      await describeById(cloud.ec2(), made);
    });
  }
});
