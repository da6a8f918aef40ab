import { paginateDescribeVolumes } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { expectAwsError, one, place, two, useSimulator } from '../use-simulator.ts';

const zone = 'us-east-1a';

describe('CreateVolume and DeleteVolume', () => {
  const cloud = useSimulator();

  const volume = async (id = '') => (await cloud.ec2().describeVolumes({ VolumeIds: [id] })).Volumes?.[0];

  it('makes a volume, creating and then available, and takes it away again', async () => {
    const ec2 = cloud.ec2();
    const created = await ec2.createVolume({
      AvailabilityZone: zone,
      Size: 20,
      VolumeType: 'gp3',
      Iops: 4000,
      Encrypted: true,
      TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'Name', Value: 'data' }] }],
    });

    expect(created.VolumeId).to.match(/^vol-[0-9a-f]{17}$/);
    expect(created).to.deep.include({
      AvailabilityZone: zone,
      AvailabilityZoneId: 'use1-az1',
      State: 'creating',
      Size: 20,
      VolumeType: 'gp3',
      Iops: 4000,
      Throughput: 125,
      Encrypted: true,
      MultiAttachEnabled: false,
      Tags: [{ Key: 'Name', Value: 'data' }],
    });
    expect(created.CreateTime).to.be.instanceOf(Date);
    await expectAwsError(ec2.deleteVolume({ VolumeId: created.VolumeId }), 'IncorrectState', 400);
    cloud.clock.advance(1500);
    expect((await volume(created.VolumeId))?.State).to.equal('available');

    await ec2.deleteVolume({ VolumeId: created.VolumeId });
    expect((await volume(created.VolumeId))?.State).to.equal('deleting');
    await expectAwsError(ec2.deleteVolume({ VolumeId: created.VolumeId }), 'InvalidVolume.NotFound', 400);
    cloud.clock.advance(1500);
    await expectAwsError(volume(created.VolumeId), 'InvalidVolume.NotFound', 400);
  });

  it('makes one volume for one client token, and refuses other parameters', async () => {
    const ec2 = cloud.ec2();
    const order = { AvailabilityZone: zone, Size: 5, ClientToken: 'once' };

    const first = await ec2.createVolume(order);
    const second = await ec2.createVolume(order);

    expect(second.VolumeId).to.equal(first.VolumeId);
    await expectAwsError(ec2.createVolume({ ...order, Size: 6 }), 'IdempotentParameterMismatch', 400);
    await cloud.ec2(two).createVolume({ ...order, Size: 6 });
    expect(cloud.simulator.snapshot(place).volumes).to.have.length(1);
  });

  for (const [name, order, code] of [
    ['no size', {}, 'MissingParameter'],
    ['no zone', { AvailabilityZone: undefined, Size: 5 }, 'MissingParameter'],
    ['an unknown zone', { AvailabilityZone: 'mars-1a', Size: 5 }, 'InvalidZone.NotFound'],
    ['an unknown type', { VolumeType: 'gp9', Size: 5 }, 'UnknownVolumeType'],
    ['too small a size', { VolumeType: 'st1', Size: 5 }, 'InvalidParameterValue'],
    [
      'iops where there are none to choose',
      { VolumeType: 'gp2', Size: 5, Iops: 100 },
      'InvalidParameterCombination',
    ],
    ['too many iops for the size', { VolumeType: 'io1', Size: 5, Iops: 500 }, 'InvalidParameterCombination'],
    ['no iops where they must be chosen', { VolumeType: 'io2', Size: 5 }, 'MissingParameter'],
    [
      'throughput without gp3',
      { VolumeType: 'io2', Size: 5, Iops: 100, Throughput: 200 },
      'InvalidParameterCombination',
    ],
    ['an unknown snapshot', { SnapshotId: 'snap-0123456789abcdef0' }, 'InvalidSnapshot.NotFound'],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const input = { AvailabilityZone: zone, ...order } as { AvailabilityZone: string; Size: number }; // some are wrong on purpose
      await expectAwsError(cloud.ec2().createVolume(input), code, 400);

      expect(cloud.simulator.snapshot(place).volumes).to.have.length(0);
    });
  }

  it('refuses ids as EC2 does, and answers a dry run', async () => {
    await expectAwsError(volume('nonsense'), 'InvalidParameterValue', 400);
    await expectAwsError(volume('vol-0123456789abcdef0'), 'InvalidVolume.NotFound', 400);
    const dryRun = { AvailabilityZone: zone, Size: 5, DryRun: true };
    await expectAwsError(cloud.ec2().createVolume(dryRun), 'DryRunOperation', 412);
    expect(cloud.simulator.snapshot(place).volumes).to.have.length(0);
  });
});

describe('AttachVolume and DetachVolume', () => {
  const cloud = useSimulator();

  const world = async () => {
    const { instanceIds } = cloud.simulator.createInstanceDirectly({ ...place, zone });
    const { VolumeId } = await cloud.ec2().createVolume({ AvailabilityZone: zone, Size: 5 });
    cloud.simulator.advanceMs(1500);
    return { InstanceId: instanceIds[0], VolumeId, Device: '/dev/sdf' };
  };
  const volume = async (id = '') => (await cloud.ec2().describeVolumes({ VolumeIds: [id] })).Volumes?.[0];
  const disks = async (id = '') =>
    (
      await cloud.ec2().describeInstances({ InstanceIds: [id] })
    ).Reservations?.[0]?.Instances?.[0]?.BlockDeviceMappings?.map(({ DeviceName, Ebs }) => [
      DeviceName,
      Ebs?.VolumeId,
      Ebs?.Status,
    ]).sort();

  it('is in use at once, while the attachment takes its time; and the other way round', async () => {
    const ec2 = cloud.ec2();
    const order = await world();

    const attached = await ec2.attachVolume(order);
    expect(attached).to.deep.include({ ...order, State: 'attaching', DeleteOnTermination: false });
    expect((await volume(order.VolumeId))?.State).to.equal('in-use');
    expect((await volume(order.VolumeId))?.Attachments?.[0]).to.deep.include({ State: 'attaching' });
    cloud.simulator.advanceMs(1500);
    expect((await volume(order.VolumeId))?.Attachments?.[0]).to.deep.include({ ...order, State: 'attached' });
    expect(await disks(order.InstanceId)).to.deep.include(['/dev/sdf', order.VolumeId, 'attached']);
    await expectAwsError(ec2.deleteVolume({ VolumeId: order.VolumeId }), 'VolumeInUse', 400);

    const detached = await ec2.detachVolume({ VolumeId: order.VolumeId });
    expect(detached).to.deep.include({ ...order, State: 'detaching' });
    expect((await volume(order.VolumeId))?.State).to.equal('in-use');
    expect((await ec2.detachVolume({ VolumeId: order.VolumeId })).State).to.equal('detaching');
    cloud.simulator.advanceMs(1500);
    expect(await volume(order.VolumeId)).to.deep.include({ State: 'available', Attachments: [] });
    expect(await disks(order.InstanceId)).to.have.length(1);
    await expectAwsError(ec2.detachVolume({ VolumeId: order.VolumeId }), 'IncorrectState', 400);
  });

  it('detaches by force at once', async () => {
    const order = await world();
    await cloud.ec2().attachVolume(order);

    await cloud.ec2().detachVolume({ VolumeId: order.VolumeId, Force: true });

    expect((await volume(order.VolumeId))?.State).to.equal('available');
  });

  it('refuses what cannot be attached or detached, in the words of EC2', async () => {
    const ec2 = cloud.ec2();
    const order = await world();
    const elsewhere = cloud.simulator.createInstanceDirectly({ ...place, zone: 'us-east-1b' }).instanceIds[0];
    const pending = cloud.simulator.createInstanceDirectly({ ...place, zone }).instanceIds[0];
    const { VolumeId: creating } = await ec2.createVolume({ AvailabilityZone: zone, Size: 5 });

    await expectAwsError(ec2.attachVolume({ ...order, InstanceId: pending }), 'IncorrectState', 400);
    await expectAwsError(ec2.attachVolume({ ...order, VolumeId: creating }), 'IncorrectState', 400);
    cloud.simulator.advanceMs(1500);
    await expectAwsError(
      ec2.attachVolume({ ...order, InstanceId: elsewhere }),
      'InvalidVolume.ZoneMismatch',
      400,
    );
    await expectAwsError(ec2.attachVolume({ ...order, Device: '/dev/null' }), 'InvalidParameterValue', 400);
    await expectAwsError(ec2.attachVolume({ ...order, Device: '/dev/xvda' }), 'InvalidParameterValue', 400);
    await expectAwsError(
      ec2.attachVolume({ ...order, InstanceId: 'i-0123456789abcdef0' }),
      'InvalidInstanceID.NotFound',
      400,
    );
    await ec2.attachVolume(order);
    await expectAwsError(ec2.attachVolume({ ...order, Device: '/dev/sdg' }), 'VolumeInUse', 400);
    await expectAwsError(
      ec2.detachVolume({ VolumeId: order.VolumeId, InstanceId: elsewhere }),
      'InvalidAttachment.NotFound',
      400,
    );
  });

  it('gives every instance its root volume, which goes with it; other volumes stay', async () => {
    const ec2 = cloud.ec2();
    const order = await world();
    await ec2.attachVolume(order);
    const root = cloud.simulator.snapshot(place).instances[0]?.rootVolumeId ?? '';

    expect(await volume(root)).to.deep.include({ State: 'in-use', Size: 8, VolumeType: 'gp3' });
    expect((await volume(root))?.Attachments?.[0]).to.deep.include({
      InstanceId: order.InstanceId,
      Device: '/dev/xvda',
      State: 'attached',
      DeleteOnTermination: true,
    });
    await expectAwsError(ec2.detachVolume({ VolumeId: root }), 'OperationNotPermitted', 400);

    await ec2.terminateInstances({ InstanceIds: [order.InstanceId ?? ''] });
    expect((await volume(root))?.State).to.equal('in-use');
    cloud.simulator.advanceMs(1500);
    await expectAwsError(volume(root), 'InvalidVolume.NotFound');
    expect((await volume(order.VolumeId))?.State).to.equal('available');
    expect(await disks(order.InstanceId)).to.deep.equal([]);
  });

  it('launches with the volumes of a block device mapping, and with their tags', async () => {
    const { Instances } = await cloud.ec2().runInstances({
      ImageId: await cloud.imageId(),
      MinCount: 1,
      MaxCount: 1,
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, DeleteOnTermination: false } },
        { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 200, VolumeType: 'st1' } },
      ],
      TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'Disk', Value: 'yes' }] }],
    });
    const { Volumes } = await cloud.ec2().describeVolumes({
      Filters: [{ Name: 'attachment.instance-id', Values: [Instances?.[0]?.InstanceId ?? ''] }],
    });

    expect(
      Volumes?.map(({ Size, VolumeType, Tags, Attachments }) => [
        Size,
        VolumeType,
        Tags?.[0]?.Value,
        Attachments?.[0]?.Device,
        Attachments?.[0]?.DeleteOnTermination,
      ]).sort(),
    ).to.deep.equal([
      [200, 'st1', 'yes', '/dev/sdb', true],
      [30, 'gp3', 'yes', '/dev/xvda', false],
    ]);
  });
});

describe('ModifyVolume and DescribeVolumesModifications', () => {
  const cloud = useSimulator();

  it('modifies, optimizes and completes, and takes no other order until then', async () => {
    const ec2 = cloud.ec2();
    const { VolumeId = '' } = await ec2.createVolume({ AvailabilityZone: zone, Size: 10 });
    cloud.simulator.advanceMs(1500);
    await expectAwsError(
      ec2.describeVolumesModifications({ VolumeIds: [VolumeId] }),
      'InvalidVolumeModification.NotFound',
    );
    const size = async () => (await ec2.describeVolumes({ VolumeIds: [VolumeId] })).Volumes?.[0]?.Size;
    const modification = async () =>
      (await ec2.describeVolumesModifications({ VolumeIds: [VolumeId] })).VolumesModifications?.[0];

    const { VolumeModification } = await ec2.modifyVolume({ VolumeId, Size: 20, VolumeType: 'gp3' });
    expect(VolumeModification).to.deep.include({
      VolumeId,
      ModificationState: 'modifying',
      OriginalSize: 10,
      OriginalVolumeType: 'gp2',
      TargetSize: 20,
      TargetVolumeType: 'gp3',
      TargetIops: 3000,
      Progress: 0,
    });
    expect(await size()).to.equal(10);
    await expectAwsError(ec2.modifyVolume({ VolumeId, Size: 30 }), 'IncorrectModificationState', 400);

    cloud.simulator.advanceMs(2250);
    expect(await modification()).to.deep.include({ ModificationState: 'optimizing', Progress: 50 });
    expect(await size()).to.equal(20);
    await expectAwsError(ec2.modifyVolume({ VolumeId, Size: 30 }), 'IncorrectModificationState', 400);

    cloud.simulator.advanceMs(750);
    expect(await modification()).to.deep.include({ ModificationState: 'completed', Progress: 100 });
    expect((await modification())?.EndTime).to.be.instanceOf(Date);
    await expectAwsError(ec2.modifyVolume({ VolumeId, Size: 5 }), 'InvalidParameterValue', 400);
    await ec2.modifyVolume({ VolumeId, Iops: 5000 });
    expect(await modification()).to.deep.include({ OriginalSize: 20, TargetSize: 20, TargetIops: 5000 });
  });
});

describe('DescribeVolumes', () => {
  const cloud = useSimulator({ paging: 'harsh' });

  it('lists in odd pages, by filter, with and without tags, and with lag', async () => {
    const ec2 = cloud.ec2();
    const ids: string[] = [];
    for (const Size of [1, 2, 3, 4, 5, 6]) {
      const Tags = [{ Key: 'size', Value: `${Size}` }];
      const order = {
        AvailabilityZone: zone,
        Size,
        TagSpecifications: [{ ResourceType: 'volume' as const, Tags }],
      };
      ids.push((await ec2.createVolume(order)).VolumeId ?? '');
    }
    const listed: string[] = [];
    for await (const page of paginateDescribeVolumes({ client: ec2, pageSize: 5 }, {})) {
      listed.push(...(page.Volumes ?? []).map(({ VolumeId }) => VolumeId ?? ''));
    }
    expect(listed).to.have.members(ids).and.to.have.length(6);

    const filtered = async (Name: string, ...Values: string[]) =>
      (await ec2.describeVolumes({ Filters: [{ Name, Values }] })).Volumes?.length;
    expect(await filtered('size', '1', '2')).to.equal(2);
    expect(await filtered('tag:size', '3')).to.equal(1);
    expect(await filtered('status', 'creating')).to.equal(6);
    expect(await filtered('availability-zone', 'us-east-1b')).to.equal(0);
    expect((await cloud.ec2(two).describeVolumes({})).Volumes).to.deep.equal([]);

    cloud.simulator.setFaults([{ kind: 'no-tags', times: 1 }]);
    expect((await ec2.describeVolumes({})).Volumes?.some(({ Tags }) => Tags !== undefined)).to.equal(false);
    cloud.simulator.setLagMs(60_000);
    expect((await ec2.describeVolumes({})).Volumes).to.deep.equal([]);
    await expectAwsError(ec2.describeVolumes({ VolumeIds: ids }), 'InvalidVolume.NotFound');
    cloud.simulator.setLagMs(0);

    cloud.simulator.setFaults([{ kind: 'zone-down', zone }]);
    await expectAwsError(ec2.describeVolumes({}), 'Unavailable', 503);
    expect(await filtered('availability-zone', 'us-east-1b')).to.equal(0);
    await expectAwsError(
      ec2.createVolume({ AvailabilityZone: zone, Size: 1 }),
      'InsufficientVolumeCapacity',
      500,
    );
  });

  it('is tagged as everything is', async () => {
    const { VolumeId = '' } = await cloud.ec2(one).createVolume({ AvailabilityZone: zone, Size: 1 });

    await cloud.ec2().createTags({ Resources: [VolumeId], Tags: [{ Key: 'a', Value: 'b' }] });

    const { Tags } = await cloud
      .ec2()
      .describeTags({ Filters: [{ Name: 'resource-id', Values: [VolumeId] }] });
    expect(Tags).to.deep.equal([{ ResourceId: VolumeId, ResourceType: 'volume', Key: 'a', Value: 'b' }]);
  });
});
