import { expect } from 'chai';
import { one, place, two, useSimulator } from '../use-simulator.ts';

describe('changes of storage that nobody asked the API for', () => {
  const cloud = useSimulator();

  const directly = (action: string, parameters: Record<string, string | number>) =>
    cloud.simulator.callDirectly({ ...place, action, parameters });

  it('makes, attaches and takes away a volume', async () => {
    const instance =
      cloud.simulator.createInstanceDirectly({ ...place, zone: 'us-east-1a' }).instanceIds[0] ?? '';
    const { volumeId } = directly('CreateVolume', { AvailabilityZone: 'us-east-1a', Size: 7 });
    cloud.simulator.advanceMs(1500);
    directly('AttachVolume', { VolumeId: String(volumeId), InstanceId: instance, Device: '/dev/sdf' });

    const seen = await cloud.ec2().describeVolumes({ VolumeIds: [String(volumeId)] });
    expect(seen.Volumes?.[0]?.Attachments?.[0]?.InstanceId).to.equal(instance);
    cloud.simulator.destroyDirectly({ ...place, id: String(volumeId) });
    const { volumes } = cloud.simulator.snapshot(place);
    expect(volumes.map(({ sizeGiB, state }) => [sizeGiB, state])).to.deep.equal([[8, 'in-use']]);
    cloud.simulator.destroyDirectly({ ...place, id: instance });
    expect(cloud.simulator.snapshot(place).volumes).to.deep.equal([]);
  });

  it('shares and publishes an image and its snapshot, and takes them back', async () => {
    const image = cloud.simulator.snapshot(place).images.find(({ name }) => name === 'golden-base');
    const [imageId = '', snapshotId = ''] = [image?.id, image?.rootSnapshotId];
    const add = { OperationType: 'add', 'UserId.1': two.accountId };
    const seenByTwo = async () => {
      const { Images } = await cloud.ec2(two).describeImages({ Owners: [one.accountId] });
      const { Snapshots } = await cloud.ec2(two).describeSnapshots({ OwnerIds: [one.accountId] });
      return [
        Images?.some(({ ImageId }) => ImageId === imageId),
        Snapshots?.some(({ SnapshotId }) => SnapshotId === snapshotId),
      ];
    };

    expect(await seenByTwo()).to.deep.equal([false, false]);
    directly('ModifyImageAttribute', { ImageId: imageId, ...add });
    directly('ModifySnapshotAttribute', {
      SnapshotId: snapshotId,
      OperationType: 'add',
      'UserGroup.1': 'all',
    });
    expect(await seenByTwo()).to.deep.equal([true, true]);
    cloud.simulator.setChangeLagMs(1000);
    directly('ResetImageAttribute', { ImageId: imageId, Attribute: 'launchPermission' });
    directly('ResetSnapshotAttribute', { SnapshotId: snapshotId, Attribute: 'createVolumePermission' });
    expect(await seenByTwo()).to.deep.equal([true, true]);
    cloud.simulator.advanceMs(1000);
    expect(await seenByTwo()).to.deep.equal([false, false]);
  });
});
