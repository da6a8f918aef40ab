import { expect } from 'chai';
import { expectAwsError, one, place, region, two, useSimulator } from '../use-simulator.ts';

const zone = 'us-east-1a';

describe('snapshots of volumes', () => {
  const cloud = useSimulator();

  /** A snapshot of a new volume of 5 GiB, completed. */
  const made = async () => {
    const { VolumeId } = await cloud.ec2().createVolume({ AvailabilityZone: zone, Size: 5 });
    cloud.simulator.advanceMs(1500);
    const { SnapshotId = '' } = await cloud.ec2().createSnapshot({ VolumeId });
    cloud.simulator.advanceMs(1500);
    return SnapshotId;
  };
  const ids = (answer: { Snapshots?: { SnapshotId?: string | undefined }[] | undefined }) =>
    answer.Snapshots?.map(({ SnapshotId }) => SnapshotId ?? '') ?? [];

  it('is pending with progress, then completed; a volume can be made of it', async () => {
    const ec2 = cloud.ec2();
    const { VolumeId } = await ec2.createVolume({ AvailabilityZone: zone, Size: 5, Encrypted: true });
    await expectAwsError(ec2.createSnapshot({ VolumeId }), 'IncorrectState', 400);
    cloud.simulator.advanceMs(1500);

    const snapshot = await ec2.createSnapshot({
      VolumeId,
      Description: 'nightly',
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'k', Value: 'v' }] }],
    });
    expect(snapshot).to.deep.include({
      VolumeId,
      State: 'pending',
      Progress: '0%',
      OwnerId: one.accountId,
      VolumeSize: 5,
      Description: 'nightly',
      Encrypted: true,
      StorageTier: 'standard',
      Tags: [{ Key: 'k', Value: 'v' }],
    });
    const SnapshotId = snapshot.SnapshotId ?? '';
    await expectAwsError(ec2.createVolume({ AvailabilityZone: zone, SnapshotId }), 'IncorrectState', 400);
    cloud.simulator.advanceMs(750);
    const halfway = await ec2.describeSnapshots({ SnapshotIds: [SnapshotId] });
    expect(halfway.Snapshots?.[0]).to.deep.include({ State: 'pending', Progress: '50%' });
    cloud.simulator.advanceMs(750);
    const { Snapshots } = await ec2.describeSnapshots({ SnapshotIds: [SnapshotId] });
    expect(Snapshots?.[0]).to.deep.include({ State: 'completed', Progress: '100%' });

    const volume = await ec2.createVolume({ AvailabilityZone: zone, SnapshotId });
    expect(volume).to.deep.include({ Size: 5, SnapshotId, Encrypted: true });
    await expectAwsError(
      ec2.createVolume({ AvailabilityZone: zone, SnapshotId, Size: 4 }),
      'InvalidParameterValue',
      400,
    );
    await ec2.deleteSnapshot({ SnapshotId });
    await expectAwsError(ec2.deleteSnapshot({ SnapshotId }), 'InvalidSnapshot.NotFound', 400);
    await expectAwsError(ec2.describeSnapshots({ SnapshotIds: ['x'] }), 'InvalidParameterValue', 400);
  });

  it('tells own, shared and public ones apart', async () => {
    const ec2 = cloud.ec2();
    const mine = await made();
    const publicOnes = await ec2.describeSnapshots({ OwnerIds: ['amazon'] });

    expect(publicOnes.Snapshots).to.have.length(4);
    expect(publicOnes.Snapshots?.every(({ OwnerAlias }) => OwnerAlias === 'amazon')).to.equal(true);
    expect(ids(await ec2.describeSnapshots({ RestorableByUserIds: ['all'] }))).to.have.members(
      ids(publicOnes),
    );
    const own = await ec2.describeSnapshots({ OwnerIds: ['self'] });
    // Three images of the account have their snapshots too.
    expect(ids(own)).to.include(mine).and.to.have.length(4);
    // The image that account two shares came with its snapshot.
    const restorable = await ec2.describeSnapshots({ RestorableByUserIds: ['self'] });
    expect(restorable.Snapshots?.map(({ OwnerId }) => OwnerId).sort()).to.deep.equal([
      ...Array.from({ length: 4 }, () => one.accountId),
      two.accountId,
    ]);
    expect(ids(await ec2.describeSnapshots({}))).to.have.length(9);
    expect(ids(await cloud.ec2(two).describeSnapshots({}))).to.not.include(mine);
  });

  it('is shared, published and taken back by its owner only', async () => {
    const [owner, other] = [cloud.ec2(one), cloud.ec2(two)];
    const SnapshotId = await made();
    const permissions = async () =>
      (await owner.describeSnapshotAttribute({ SnapshotId, Attribute: 'createVolumePermission' }))
        .CreateVolumePermissions;
    const seen = async () => ids(await other.describeSnapshots({})).includes(SnapshotId);
    const modify = (permission: object) =>
      owner.modifySnapshotAttribute({ SnapshotId, CreateVolumePermission: permission });

    const order = { AvailabilityZone: zone, SnapshotId };
    await expectAwsError(other.createVolume(order), 'InvalidSnapshot.NotFound', 400);
    await modify({ Add: [{ UserId: two.accountId }] });
    expect(await permissions()).to.deep.equal([{ UserId: two.accountId }]);
    expect(await seen()).to.equal(true);
    const shared = await other.describeSnapshots({
      RestorableByUserIds: ['self'],
      OwnerIds: [one.accountId],
    });
    expect(ids(shared)).to.include(SnapshotId);
    await other.createVolume(order);
    await expectAwsError(other.deleteSnapshot({ SnapshotId }), 'UnauthorizedOperation', 403);
    await expectAwsError(
      other.modifySnapshotAttribute({ SnapshotId, CreateVolumePermission: { Add: [{ Group: 'all' }] } }),
      'UnauthorizedOperation',
      403,
    );

    await modify({ Add: [{ Group: 'all' }], Remove: [{ UserId: two.accountId }] });
    expect(await permissions()).to.deep.equal([{ Group: 'all' }]);
    expect(await seen()).to.equal(true);
    await modify({ Remove: [{ Group: 'all' }] });
    expect(await seen()).to.equal(false);
    await modify({ Add: [{ Group: 'all' }, { UserId: two.accountId }] });
    await owner.resetSnapshotAttribute({ SnapshotId, Attribute: 'createVolumePermission' });
    expect(await permissions()).to.deep.equal([]);
    expect(await seen()).to.equal(false);

    const operation = { SnapshotId, Attribute: 'createVolumePermission' as const, UserIds: [two.accountId] };
    await owner.modifySnapshotAttribute({ ...operation, OperationType: 'add' });
    expect(await seen()).to.equal(true);
    await owner.modifySnapshotAttribute({ ...operation, OperationType: 'remove' });
    expect(await seen()).to.equal(false);
    await expectAwsError(modify({}), 'InvalidParameterCombination', 400);
    await expectAwsError(modify({ Add: [{ UserId: 'me' }] }), 'InvalidAMIAttributeItemValue', 400);
  });

  it('is copied from another region, by whom may use it', async () => {
    const SnapshotId = await made();
    const [there, othersThere] = [cloud.ec2(one, 'eu-west-1'), cloud.ec2(two, 'eu-west-1')];
    const order = { SourceRegion: region, SourceSnapshotId: SnapshotId };

    const copy = await there.copySnapshot({
      ...order,
      Encrypted: true,
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'k', Value: 'v' }] }],
    });
    expect(copy.Tags).to.deep.equal([{ Key: 'k', Value: 'v' }]);
    const { Snapshots } = await there.describeSnapshots({ SnapshotIds: [copy.SnapshotId ?? ''] });
    expect(Snapshots?.[0]).to.deep.include({
      State: 'pending',
      VolumeId: 'vol-ffffffff',
      VolumeSize: 5,
      Encrypted: true,
    });
    await expectAwsError(othersThere.copySnapshot(order), 'InvalidSnapshot.NotFound', 400);
    await expectAwsError(
      there.copySnapshot({ ...order, SourceRegion: 'mars-1' }),
      'InvalidParameterValue',
      400,
    );
  });

  it('cannot be deleted while an image is made of it', async () => {
    const ec2 = cloud.ec2();
    const SnapshotId = await made();
    const { ImageId = '' } = await ec2.registerImage({
      Name: 'from snapshot',
      RootDeviceName: '/dev/xvda',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId } }],
    });

    await expectAwsError(ec2.deleteSnapshot({ SnapshotId }), 'InvalidSnapshot.InUse', 400);
    await ec2.deregisterImage({ ImageId });
    await ec2.deleteSnapshot({ SnapshotId });
    expect(cloud.simulator.snapshot(place).volumeSnapshots.map(({ id }) => id)).to.not.include(SnapshotId);
  });

  it('draws from the buckets that EC2 publishes', async () => {
    const bucket = { size: 1, refillPerSecond: 0 };
    cloud.simulator.setThrottling({
      enabled: true,
      buckets: { 'describe-unfiltered': bucket, 'storage-write': bucket },
    });
    const ec2 = cloud.ec2();

    await ec2.describeSnapshots({ OwnerIds: ['self'] });
    await expectAwsError(ec2.describeSnapshots({ OwnerIds: ['self'] }), 'RequestLimitExceeded', 503);
    await ec2.describeSnapshots({ OwnerIds: ['self'], MaxResults: 5 });
    await ec2.createVolume({ AvailabilityZone: zone, Size: 1 });
    await expectAwsError(ec2.createVolume({ AvailabilityZone: zone, Size: 1 }), 'RequestLimitExceeded', 503);
  });
});
