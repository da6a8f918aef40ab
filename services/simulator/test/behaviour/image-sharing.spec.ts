import { expect } from 'chai';
import { expectAwsError, one, place, region, two, useSimulator } from '../use-simulator.ts';

describe('sharing an image', () => {
  const cloud = useSimulator();

  const shareable = async (name = 'golden-base') => {
    const filter = [{ Name: 'name', Values: [name] }];
    const { Images } = await cloud.ec2().describeImages({ Owners: ['self'], Filters: filter });
    return Images?.[0]?.ImageId ?? '';
  };
  const imageIds = (answer: { Images?: { ImageId?: string | undefined }[] | undefined }) =>
    answer.Images?.map(({ ImageId }) => ImageId ?? '') ?? [];

  it('goes from private to shared to published and back, by its owner only', async () => {
    const [owner, other] = [cloud.ec2(one), cloud.ec2(two)];
    const ImageId = await shareable();
    const launch = { ImageId, MinCount: 1, MaxCount: 1 };
    const permissions = async () =>
      (await owner.describeImageAttribute({ ImageId, Attribute: 'launchPermission' })).LaunchPermissions;
    const modify = (LaunchPermission: object) => owner.modifyImageAttribute({ ImageId, LaunchPermission });

    await expectAwsError(other.runInstances(launch), 'InvalidAMIID.NotFound', 400);
    await modify({ Add: [{ UserId: two.accountId }] });
    expect(await permissions()).to.deep.equal([{ UserId: two.accountId }]);
    expect(imageIds(await other.describeImages({ ExecutableUsers: ['self'] }))).to.include(ImageId);
    await other.runInstances(launch);
    await expectAwsError(
      other.describeImageAttribute({ ImageId, Attribute: 'launchPermission' }),
      'UnauthorizedOperation',
      403,
    );
    await expectAwsError(
      other.modifyImageAttribute({ ImageId, LaunchPermission: { Add: [{ Group: 'all' }] } }),
      'UnauthorizedOperation',
      403,
    );

    await modify({ Add: [{ Group: 'all' }] });
    expect(await permissions()).to.have.deep.members([{ Group: 'all' }, { UserId: two.accountId }]);
    const published = await other.describeImages({ ExecutableUsers: ['all'], ImageIds: [ImageId] });
    expect(published.Images?.[0]).to.deep.include({ Public: true, OwnerId: one.accountId });

    await owner.resetImageAttribute({ ImageId, Attribute: 'launchPermission' });
    expect(await permissions()).to.deep.equal([]);
    await expectAwsError(other.describeImages({ ImageIds: [ImageId] }), 'InvalidAMIID.NotFound', 400);
    expect(cloud.simulator.snapshot(place).images.find(({ id }) => id === ImageId)).to.deep.include({
      isPublic: false,
      sharedWith: [],
    });
  });

  it('changes its description, one attribute a call', async () => {
    const ec2 = cloud.ec2();
    const ImageId = await shareable();

    await ec2.modifyImageAttribute({ ImageId, Description: { Value: 'new words' } });
    const { Description } = await ec2.describeImageAttribute({ ImageId, Attribute: 'description' });
    expect(Description?.Value).to.equal('new words');
    await ec2.modifyImageAttribute({ ImageId, Attribute: 'description', Value: 'other words' });
    expect((await ec2.describeImages({ ImageIds: [ImageId] })).Images?.[0]?.Description).to.equal(
      'other words',
    );
    await expectAwsError(ec2.modifyImageAttribute({ ImageId }), 'InvalidParameterCombination', 400);
    await expectAwsError(
      ec2.modifyImageAttribute({
        ImageId,
        Description: { Value: 'x' },
        LaunchPermission: { Add: [{ UserId: two.accountId }] },
      }),
      'InvalidParameterCombination',
      400,
    );
  });

  it('is copied to another region, once per client token, with a snapshot of its own', async () => {
    const SourceImageId = await shareable();
    const there = cloud.ec2(one, 'eu-west-1');
    const order = {
      SourceRegion: region,
      SourceImageId,
      Name: 'the copy',
      ClientToken: 'copy-1',
      TagSpecifications: [{ ResourceType: 'image' as const, Tags: [{ Key: 'k', Value: 'v' }] }],
    };

    const { ImageId = '' } = await there.copyImage(order);
    expect((await there.copyImage(order)).ImageId).to.equal(ImageId);
    await expectAwsError(there.copyImage({ ...order, Name: 'other' }), 'IdempotentParameterMismatch', 400);
    const image = async () => (await there.describeImages({ ImageIds: [ImageId] })).Images?.[0];
    expect(await image()).to.deep.include({
      State: 'pending',
      Name: 'the copy',
      OwnerId: one.accountId,
      SourceImageId,
      SourceImageRegion: region,
      Tags: [{ Key: 'k', Value: 'v' }],
    });
    cloud.simulator.advanceMs(1500);
    const available = await image();
    expect(available?.State).to.equal('available');
    const SnapshotIds = [available?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? ''];
    expect((await there.describeSnapshots({ OwnerIds: ['self'], SnapshotIds })).Snapshots).to.have.length(1);
  });

  it('is copied by another account only if its snapshot is shared as well', async () => {
    const SourceImageId = await shareable();
    const order = { SourceRegion: region, SourceImageId, Name: 'a copy' };
    const LaunchPermission = { Add: [{ UserId: two.accountId }] };
    await cloud.ec2().modifyImageAttribute({ ImageId: SourceImageId, LaunchPermission });

    await expectAwsError(cloud.ec2(two).copyImage(order), 'InvalidRequest', 400);
    await cloud.ec2(two).copyImage({ ...order, SourceImageId: await shareable('shared-base') });
    const amazon = await cloud.ec2(two).describeImages({ Owners: ['amazon'] });
    await cloud.ec2(two).copyImage({ ...order, SourceImageId: amazon.Images?.[0]?.ImageId });
  });
});

describe('RegisterImage and CreateImage', () => {
  const cloud = useSimulator();

  it('registers a snapshot as an image that can be launched', async () => {
    const ec2 = cloud.ec2();
    const [instance] = await cloud.running();
    const { VolumeId = '' } =
      (await ec2.describeVolumes({ Filters: [{ Name: 'attachment.instance-id', Values: [instance ?? ''] }] }))
        .Volumes?.[0] ?? {};
    const { SnapshotId } = await ec2.createSnapshot({ VolumeId });
    const order = {
      Name: 'registered',
      Architecture: 'x86_64' as const,
      RootDeviceName: '/dev/xvda',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId, VolumeSize: 40 } }],
    };
    await expectAwsError(ec2.registerImage(order), 'IncorrectState', 400);
    cloud.simulator.advanceMs(1500);

    const { ImageId = '' } = await ec2.registerImage(order);
    const { Images } = await ec2.describeImages({ ImageIds: [ImageId] });
    expect(Images?.[0]).to.deep.include({ State: 'available', Name: 'registered', Architecture: 'x86_64' });
    expect(Images?.[0]?.BlockDeviceMappings?.[0]?.Ebs).to.deep.include({ SnapshotId, VolumeSize: 40 });
    await ec2.runInstances({ ImageId, MinCount: 1, MaxCount: 1 });
    await expectAwsError(ec2.registerImage(order), 'InvalidAMIName.Duplicate', 400);
    await expectAwsError(ec2.registerImage({ Name: 'rootless' }), 'InvalidBlockDeviceMapping', 400);
  });

  it('makes a real snapshot of the root, which stays when the image goes, unless told otherwise', async () => {
    const ec2 = cloud.ec2();
    const [InstanceId = ''] = await cloud.running();
    const create = async (Name: string) => {
      const { ImageId = '' } = await ec2.createImage({ InstanceId, Name });
      const { Images } = await ec2.describeImages({ ImageIds: [ImageId] });
      return { ImageId, SnapshotId: Images?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? '' };
    };
    const kept = await create('kept');
    const gone = await create('gone');
    const snapshots = () => cloud.simulator.snapshot(place).volumeSnapshots.map(({ id }) => id);

    expect(snapshots()).to.include.members([kept.SnapshotId, gone.SnapshotId]);
    await ec2.deregisterImage({ ImageId: kept.ImageId });
    const { DeleteSnapshotResults } = await ec2.deregisterImage({
      ImageId: gone.ImageId,
      DeleteAssociatedSnapshots: true,
    });
    expect(DeleteSnapshotResults).to.deep.equal([{ SnapshotId: gone.SnapshotId, ReturnCode: 'success' }]);
    expect(snapshots()).to.include(kept.SnapshotId).and.to.not.include(gone.SnapshotId);
  });
});
