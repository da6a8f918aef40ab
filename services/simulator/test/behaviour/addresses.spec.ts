import { expect } from 'chai';
import { expectAwsError, place, region, useSimulator } from '../use-simulator.ts';

describe('elastic addresses', () => {
  const cloud = useSimulator();

  const allocate = async () => {
    const { AllocationId = '', PublicIp = '' } = await cloud.ec2().allocateAddress({});
    return { AllocationId, PublicIp };
  };
  const describeAddress = async (AllocationId: string) =>
    (await cloud.ec2().describeAddresses({ AllocationIds: [AllocationId] })).Addresses?.[0];
  const instance = async (id: string) =>
    (await cloud.ec2().describeInstances({ InstanceIds: [id] })).Reservations?.[0]?.Instances?.[0];

  it('are allocated and released', async () => {
    const ec2 = cloud.ec2();
    const made = await ec2.allocateAddress({
      Domain: 'vpc',
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'a', Value: '1' }] }],
    });
    const AllocationId = made.AllocationId ?? '';
    expect(AllocationId).to.match(/^eipalloc-[0-9a-f]{17}$/);
    const address = await describeAddress(AllocationId);
    expect(address).to.deep.equal({
      AllocationId,
      PublicIp: made.PublicIp,
      Domain: 'vpc',
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: region,
      Tags: [{ Key: 'a', Value: '1' }],
    });

    await ec2.releaseAddress({ AllocationId });
    await expectAwsError(ec2.releaseAddress({ AllocationId }), 'InvalidAllocationID.NotFound', 400);
    await expectAwsError(
      ec2.describeAddresses({ PublicIps: [made.PublicIp ?? ''] }),
      'InvalidAddress.NotFound',
      400,
    );
  });

  it('take the place of the address of an instance until they are taken away', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();
    const own = (await instance(id))?.PublicIpAddress;
    const { AllocationId, PublicIp } = await allocate();

    const { AssociationId } = await ec2.associateAddress({ AllocationId, InstanceId: id });
    const again = await ec2.associateAddress({ AllocationId, InstanceId: id, AllowReassociation: false });
    expect(again.AssociationId).to.equal(AssociationId);
    const seen = await instance(id);
    expect(seen?.PublicIpAddress).to.equal(PublicIp);
    expect(seen?.NetworkInterfaces?.[0]?.Association?.IpOwnerId).to.equal(place.accountId);
    expect(await describeAddress(AllocationId)).to.include({
      AssociationId,
      InstanceId: id,
      NetworkInterfaceId: seen?.NetworkInterfaces?.[0]?.NetworkInterfaceId,
      PrivateIpAddress: seen?.PrivateIpAddress,
    });
    await expectAwsError(ec2.releaseAddress({ AllocationId }), 'InvalidIPAddress.InUse', 400);
    await ec2.stopInstances({ InstanceIds: [id] });
    cloud.simulator.advanceMs(1500);
    expect((await instance(id))?.PublicIpAddress, 'stopped').to.equal(PublicIp);

    await ec2.disassociateAddress({ AssociationId });
    await expectAwsError(ec2.disassociateAddress({ AssociationId }), 'InvalidAssociationID.NotFound', 400);
    expect((await instance(id))?.PublicIpAddress).to.equal(undefined);
    expect((await describeAddress(AllocationId))?.InstanceId).to.equal(undefined);
    expect(own).not.to.equal(PublicIp);
  });

  it('move to another instance, unless that is not wanted', async () => {
    const ec2 = cloud.ec2();
    const [first = '', second = ''] = await cloud.running(2);
    const { AllocationId, PublicIp } = await allocate();
    await ec2.associateAddress({ AllocationId, InstanceId: first });

    await expectAwsError(
      ec2.associateAddress({ AllocationId, InstanceId: second, AllowReassociation: false }),
      'Resource.AlreadyAssociated',
      400,
    );
    const NetworkInterfaceId = (await instance(second))?.NetworkInterfaces?.[0]?.NetworkInterfaceId;
    await ec2.associateAddress({ AllocationId, NetworkInterfaceId });

    expect((await instance(first))?.PublicIpAddress).not.to.equal(PublicIp);
    expect((await instance(second))?.PublicIpAddress).to.equal(PublicIp);
    const other = await allocate();
    await ec2.associateAddress({ AllocationId: other.AllocationId, InstanceId: second });
    expect((await describeAddress(AllocationId))?.InstanceId).to.equal(undefined);
  });

  it('are free again when the instance ends', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();
    const { AllocationId } = await allocate();
    await ec2.associateAddress({ AllocationId, InstanceId: id });

    await ec2.terminateInstances({ InstanceIds: [id] });
    cloud.simulator.advanceMs(1500);

    expect((await describeAddress(AllocationId))?.AssociationId).to.equal(undefined);
    await ec2.releaseAddress({ AllocationId });
  });

  it('are not for instances that are not there, or not yet', async () => {
    const ec2 = cloud.ec2();
    const { AllocationId } = await allocate();
    const [pending = ''] = cloud.simulator.createInstanceDirectly(place).instanceIds;

    await expectAwsError(
      ec2.associateAddress({ AllocationId, InstanceId: pending }),
      'InvalidInstanceID',
      400,
    );
    await expectAwsError(
      ec2.associateAddress({ AllocationId, InstanceId: 'i-0123456789abcdef0' }),
      'InvalidInstanceID.NotFound',
      400,
    );
    await expectAwsError(ec2.associateAddress({ AllocationId }), 'MissingParameter', 400);
  });
});

describe('placement groups', () => {
  const cloud = useSimulator();

  it('are made, hold instances, and go when they are empty', async () => {
    const ec2 = cloud.ec2();
    const { PlacementGroup } = await ec2.createPlacementGroup({ GroupName: 'near', Strategy: 'partition' });
    expect(PlacementGroup).to.include({ GroupName: 'near', State: 'available', PartitionCount: 2 });
    expect(PlacementGroup?.GroupId).to.match(/^pg-[0-9a-f]{17}$/);
    await expectAwsError(
      ec2.createPlacementGroup({ GroupName: 'near', Strategy: 'spread' }),
      'InvalidPlacementGroup.Duplicate',
      400,
    );

    const { Instances } = await ec2.runInstances({
      ImageId: await cloud.imageId(),
      MinCount: 1,
      MaxCount: 1,
      Placement: { GroupName: 'near' },
    });
    expect(Instances?.[0]?.Placement?.GroupName).to.equal('near');
    await expectAwsError(ec2.deletePlacementGroup({ GroupName: 'near' }), 'InvalidPlacementGroup.InUse', 400);
    await ec2.terminateInstances({ InstanceIds: [Instances?.[0]?.InstanceId ?? ''] });
    cloud.simulator.advanceMs(1500);

    await ec2.deletePlacementGroup({ GroupName: 'near' });
    await expectAwsError(
      ec2.describePlacementGroups({ GroupNames: ['near'] }),
      'InvalidPlacementGroup.Unknown',
      400,
    );
    expect((await ec2.describePlacementGroups({})).PlacementGroups).to.deep.equal([]);
  });
});
