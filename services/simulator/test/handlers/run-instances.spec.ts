import { expect } from 'chai';
import { expectAwsError, one, place, region, two, useSimulator } from '../use-simulator.ts';

describe('RunInstances', () => {
  const cloud = useSimulator({ instancesMax: 20 });

  const order = async (more = {}) => ({ ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1, ...more });

  it('fills in what was asked for', async () => {
    const groupId = (await instance(cloud.simulator.createInstanceDirectly(place).instanceIds[0]))
      ?.SecurityGroups?.[0]?.GroupId;

    cloud.simulator.callDirectly({
      ...place,
      action: 'CreateKeyPair',
      parameters: { KeyName: 'my-key', KeyType: 'ed25519' },
    });

    const { Instances } = await cloud.ec2().runInstances(
      await order({
        MaxCount: 3,
        InstanceType: 'm5.large',
        KeyName: 'my-key',
        Placement: { AvailabilityZone: 'us-east-1c' },
        SecurityGroupIds: [groupId],
        UserData: Buffer.from('#!/bin/sh').toString('base64'),
        TagSpecifications: [
          {
            ResourceType: 'instance',
            Tags: [
              { Key: 'Name', Value: 'web <&> "ä"' },
              { Key: 'empty', Value: '' },
            ],
          },
          { ResourceType: 'volume', Tags: [{ Key: 'Disk', Value: 'root' }] },
        ],
      }),
    );

    expect(Instances?.map(({ AmiLaunchIndex }) => AmiLaunchIndex).sort()).to.deep.equal([0, 1, 2]);
    for (const each of Instances ?? []) {
      expect(each).to.deep.include({ InstanceType: 'm5.large', KeyName: 'my-key' });
      expect(each.Placement?.AvailabilityZone).to.equal('us-east-1c');
      expect(each.CpuOptions).to.deep.equal({ CoreCount: 1, ThreadsPerCore: 2 });
      expect(each.Tags).to.have.deep.members([
        { Key: 'Name', Value: 'web <&> "ä"' },
        { Key: 'empty', Value: '' },
      ]);
    }
    const stored = cloud.simulator.snapshot(place).instances.find(({ keyName }) => keyName === 'my-key');
    expect(Buffer.from(stored?.userData ?? '', 'base64').toString()).to.equal('#!/bin/sh');
  });

  it('finds the zone of a subnet, and refuses a zone that contradicts it', async () => {
    const sample = await instance(
      cloud.simulator.createInstanceDirectly({ ...place, zone: 'us-east-1b' }).instanceIds[0],
    );
    const SubnetId = sample?.SubnetId;

    const { Instances } = await cloud.ec2().runInstances(await order({ SubnetId }));
    expect(Instances?.[0]?.Placement?.AvailabilityZone).to.equal('us-east-1b');
    await expectAwsError(
      cloud.ec2().runInstances(await order({ SubnetId, Placement: { AvailabilityZone: 'us-east-1a' } })),
      'InvalidParameterValue',
    );
  });

  it('gives the same instances for the same client token, in the state they are in', async () => {
    const ec2 = cloud.ec2();
    const request = await order({ ClientToken: 'token-1', MaxCount: 2 });

    const first = await ec2.runInstances(request);
    cloud.clock.advance(1500);
    const second = await ec2.runInstances(request);

    const ids = (answer: typeof first) => answer.Instances?.map(({ InstanceId }) => InstanceId).sort();
    expect(ids(second)).to.deep.equal(ids(first));
    expect(second.ReservationId).to.equal(first.ReservationId);
    expect(second.Instances?.[0]?.State?.Name).to.equal('running');
    expect(cloud.simulator.snapshot(place).instances).to.have.length(2);
  });

  it('refuses the same client token with other parameters, in that account and region only', async () => {
    const request = await order({ ClientToken: 'token-1' });
    await cloud.ec2().runInstances(request);

    await expectAwsError(
      cloud.ec2().runInstances({ ...request, InstanceType: 't3.small' }),
      'IdempotentParameterMismatch',
      400,
    );
    const publicImage = await cloud.ec2(two, 'us-west-2').describeImages({ Owners: ['amazon'] });
    const linux = publicImage.Images?.find((image) => image.Architecture === 'x86_64');
    await cloud.ec2(two, 'us-west-2').runInstances({ ...request, ImageId: linux?.ImageId });
    await expectAwsError(
      cloud.ec2().runInstances(await order({ ClientToken: 'x'.repeat(65) })),
      'InvalidParameterValue',
    );
  });

  for (const [name, more, code] of [
    ['an unknown image', { ImageId: 'ami-0123456789abcdef0' }, 'InvalidAMIID.NotFound'],
    ['a malformed image id', { ImageId: 'nonsense' }, 'InvalidAMIID.Malformed'],
    ['an unknown type', { InstanceType: 't9.gigantic' }, 'InvalidParameterValue'],
    ['a type of another architecture', { InstanceType: 'm6g.large' }, 'InvalidParameterValue'],
    ['an unknown zone', { Placement: { AvailabilityZone: 'us-east-1z' } }, 'InvalidParameterValue'],
    [
      'a zone without that type',
      { InstanceType: 'g4dn.xlarge', Placement: { AvailabilityZone: 'us-east-1d' } },
      'Unsupported',
    ],
    ['an unknown key', { KeyName: 'nobodys' }, 'InvalidKeyPair.NotFound'],
    ['an unknown placement group', { Placement: { GroupName: 'none' } }, 'InvalidPlacementGroup.Unknown'],
    ['an unknown subnet', { SubnetId: 'subnet-1' }, 'InvalidSubnetID.NotFound'],
    ['an unknown security group', { SecurityGroupIds: ['sg-1'] }, 'InvalidGroup.NotFound'],
    ['MaxCount below MinCount', { MinCount: 2, MaxCount: 1 }, 'InvalidParameterValue'],
    ['a count of 0', { MinCount: 0 }, 'InvalidParameterValue'],
    ['more than the limit', { MinCount: 21, MaxCount: 21 }, 'InstanceLimitExceeded'],
    [
      'a reserved tag',
      { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'aws:x', Value: '' }] }] },
      'InvalidParameterValue',
    ],
    ['no image', { ImageId: undefined }, 'MissingParameter'],
  ] as const) {
    it(`refuses ${name}, and launches nothing`, async () => {
      await expectAwsError(cloud.ec2().runInstances(await order(more)), code, 400);

      expect(cloud.simulator.snapshot(place).instances).to.have.length(0);
    });
  }

  it('launches as many as fit when the lower count fits', async () => {
    const { Instances } = await cloud.ec2().runInstances(await order({ MinCount: 5, MaxCount: 1000 }));

    expect(Instances).to.have.length(20);
    expect(new Set(Instances?.map(({ PrivateIpAddress }) => PrivateIpAddress)).size).to.equal(20);
  });

  it('answers a dry run with what would have happened', async () => {
    await expectAwsError(cloud.ec2().runInstances(await order({ DryRun: true })), 'DryRunOperation', 412);
    cloud.simulator.setDeniedActions({ ...place, userName: one.userName, deniedActions: ['ec2:Run*'] });
    await expectAwsError(
      cloud.ec2().runInstances(await order({ DryRun: true })),
      'UnauthorizedOperation',
      403,
    );

    expect(cloud.simulator.snapshot(place).instances).to.have.length(0);
  });

  it('launches an image that another account shared, and not one that it did not', async () => {
    const mine = cloud.ec2(one, region);
    const shared = await mine.describeImages({ ExecutableUsers: ['self'] });
    const foreign = await cloud.ec2(two, region).describeImages({ Owners: ['self'] });
    const hidden = foreign.Images?.find(({ ImageId }) => ImageId !== shared.Images?.[0]?.ImageId);

    await mine.runInstances(await order({ ImageId: shared.Images?.[0]?.ImageId }));
    await expectAwsError(
      mine.runInstances(await order({ ImageId: hidden?.ImageId })),
      'InvalidAMIID.NotFound',
    );
  });

  async function instance(id = '') {
    const { Reservations } = await cloud.ec2().describeInstances({ InstanceIds: [id] });
    return Reservations?.[0]?.Instances?.[0];
  }
});
