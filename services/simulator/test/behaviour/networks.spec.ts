import { expect } from 'chai';
import { expectAwsError, one, place, region, useSimulator } from '../use-simulator.ts';

describe('VPCs', () => {
  const cloud = useSimulator();

  it('begin with a default one, with a subnet in each zone, where instances go', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();

    const { Vpcs } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
    const { Subnets } = await ec2.describeSubnets({
      Filters: [{ Name: 'default-for-az', Values: ['true'] }],
    });

    expect(Vpcs).to.have.length(1);
    expect(Vpcs?.[0]).to.deep.include({
      CidrBlock: '172.31.0.0/16',
      State: 'available',
      OwnerId: one.accountId,
    });
    expect(Subnets?.map(({ AvailabilityZone }) => AvailabilityZone).sort()).to.deep.equal(
      ['a', 'b', 'c', 'd'].map((letter) => `${region}${letter}`),
    );
    const instance = cloud.simulator.snapshot(place).instances.find((each) => each.id === id);
    const home = Subnets?.find(({ SubnetId }) => SubnetId === instance?.subnetId);
    expect(home).to.include({ AvailabilityZone: instance?.zone, VpcId: Vpcs?.[0]?.VpcId });
    expect(Subnets?.map(({ AvailableIpAddressCount }) => AvailableIpAddressCount).sort()).to.deep.equal([
      4090, 4091, 4091, 4091,
    ]);
  });

  it('are made with a default security group, pending at first, and deleted when they are empty', async () => {
    const ec2 = cloud.ec2();
    const { Vpc } = await ec2.createVpc({
      CidrBlock: '10.1.2.3/16',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'mine' }] }],
    });
    const VpcId = Vpc?.VpcId ?? '';
    expect(VpcId).to.match(/^vpc-[0-9a-f]{17}$/);
    expect(Vpc).to.deep.include({
      CidrBlock: '10.1.0.0/16',
      State: 'pending',
      IsDefault: false,
      Tags: [{ Key: 'Name', Value: 'mine' }],
    });
    cloud.simulator.advanceMs(1500);
    const { Vpcs } = await ec2.describeVpcs({ VpcIds: [VpcId] });
    expect(Vpcs?.[0]?.State).to.equal('available');

    const inVpc = { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] };
    const { SecurityGroups } = await ec2.describeSecurityGroups(inVpc);
    expect(SecurityGroups?.map(({ GroupName }) => GroupName)).to.deep.equal(['default']);
    const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: '10.1.0.0/24' });
    await expectAwsError(ec2.deleteVpc({ VpcId }), 'DependencyViolation', 400);

    await ec2.deleteSubnet({ SubnetId: Subnet?.SubnetId });
    await ec2.deleteVpc({ VpcId });
    await expectAwsError(ec2.describeVpcs({ VpcIds: [VpcId] }), 'InvalidVpcID.NotFound', 400);
    await expectAwsError(ec2.deleteVpc({ VpcId }), 'InvalidVpcID.NotFound', 400);
    expect((await ec2.describeSecurityGroups(inVpc)).SecurityGroups).to.deep.equal([]);
  });

  it('have attributes, one a call', async () => {
    const ec2 = cloud.ec2();
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/24' });
    const VpcId = Vpc?.VpcId;

    await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });

    const { EnableDnsHostnames } = await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' });
    expect(EnableDnsHostnames).to.deep.equal({ Value: true });
    await expectAwsError(
      ec2.modifyVpcAttribute({
        VpcId,
        EnableDnsHostnames: { Value: true },
        EnableDnsSupport: { Value: true },
      }),
      'InvalidParameterCombination',
    );
  });

  for (const [CidrBlock, code] of [
    ['10.0.0.0/8', 'InvalidVpc.Range'],
    ['10.0.0.0/29', 'InvalidVpc.Range'],
    ['10.0.0.0', 'InvalidParameterValue'],
  ] as const) {
    it(`are not made of ${CidrBlock}`, async () => {
      await expectAwsError(cloud.ec2().createVpc({ CidrBlock }), code, 400);
      expect(cloud.simulator.snapshot(place).vpcs).to.have.length(1);
    });
  }

  it('come in pages, and each once', async () => {
    const ec2 = cloud.ec2();
    for (let i = 0; i < 12; i++) {
      cloud.simulator.callDirectly({
        ...place,
        action: 'CreateVpc',
        parameters: { CidrBlock: `10.${i}.0.0/16` },
      });
    }
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await ec2.describeVpcs({ MaxResults: 5, ...(NextToken && { NextToken }) });
      expect(page.Vpcs?.length).to.be.at.most(5);
      ids.push(...(page.Vpcs ?? []).map(({ VpcId }) => VpcId));
      ({ NextToken } = page);
    } while (NextToken !== undefined);

    expect(ids).to.have.length(13);
    expect(new Set(ids).size).to.equal(13);
  });
});

describe('subnets', () => {
  const cloud = useSimulator();

  const vpc = async () => (await cloud.ec2().createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc?.VpcId ?? '';

  it('are where instances are launched, keep their addresses apart, and stay while one is in them', async () => {
    const ec2 = cloud.ec2();
    const VpcId = await vpc();
    const { Subnet } = await ec2.createSubnet({
      VpcId,
      CidrBlock: '10.0.7.0/24',
      AvailabilityZone: `${region}b`,
    });
    const SubnetId = Subnet?.SubnetId ?? '';
    expect(Subnet).to.include({
      AvailabilityZoneId: 'use1-az2',
      MapPublicIpOnLaunch: false,
      State: 'available',
    });

    const { Instances } = await ec2.runInstances({
      ImageId: await cloud.imageId(),
      MinCount: 2,
      MaxCount: 2,
      SubnetId,
    });
    const ids = Instances?.map(({ InstanceId }) => InstanceId ?? '') ?? [];
    cloud.simulator.advanceMs(1500);
    const { Reservations } = await ec2.describeInstances({ InstanceIds: ids });
    for (const instance of Reservations?.[0]?.Instances ?? []) {
      expect(instance).to.include({ VpcId, SubnetId });
      expect(instance.PrivateIpAddress).to.match(/^10\.0\.7\.\d+$/);
      expect(instance.PublicIpAddress).to.equal(undefined);
      expect(instance.SecurityGroups?.[0]?.GroupName).to.equal('default');
    }
    expect(new Set(Instances?.map(({ PrivateIpAddress }) => PrivateIpAddress)).size).to.equal(2);
    const { Subnets } = await ec2.describeSubnets({ SubnetIds: [SubnetId] });
    expect(Subnets?.[0]?.AvailableIpAddressCount).to.equal(249);
    await expectAwsError(ec2.deleteSubnet({ SubnetId }), 'DependencyViolation', 400);

    await ec2.terminateInstances({ InstanceIds: ids });
    cloud.simulator.advanceMs(1500);
    await ec2.deleteSubnet({ SubnetId });
    await expectAwsError(ec2.describeSubnets({ SubnetIds: [SubnetId] }), 'InvalidSubnetID.NotFound', 400);
  });

  it('give public addresses when they are told to', async () => {
    const ec2 = cloud.ec2();
    const { Subnet } = await ec2.createSubnet({ VpcId: await vpc(), CidrBlock: '10.0.0.0/24' });
    await ec2.modifySubnetAttribute({ SubnetId: Subnet?.SubnetId, MapPublicIpOnLaunch: { Value: true } });

    await ec2.runInstances({
      ImageId: await cloud.imageId(),
      MinCount: 1,
      MaxCount: 1,
      SubnetId: Subnet?.SubnetId,
    });
    cloud.simulator.advanceMs(1500);

    expect(cloud.simulator.snapshot(place).instances[0]?.publicIp).to.match(/^198\.1[89]\./);
  });

  for (const [name, more, code] of [
    ['outside of the network', { CidrBlock: '10.1.0.0/24' }, 'InvalidSubnet.Range'],
    ['too small', { CidrBlock: '10.0.9.0/29' }, 'InvalidSubnet.Range'],
    ['over another', { CidrBlock: '10.0.0.128/25' }, 'InvalidSubnet.Conflict'],
    ['in no zone', { CidrBlock: '10.0.9.0/24', AvailabilityZone: 'us-east-1z' }, 'InvalidParameterValue'],
    ['in no network', { CidrBlock: '10.0.9.0/24', VpcId: 'vpc-0123456789abcdef0' }, 'InvalidVpcID.NotFound'],
  ] as const) {
    it(`are not made ${name}`, async () => {
      const VpcId = await vpc();
      await cloud.ec2().createSubnet({ VpcId, CidrBlock: '10.0.0.0/24' });

      await expectAwsError(cloud.ec2().createSubnet({ VpcId, ...more }), code, 400);
      expect(cloud.simulator.snapshot(place).subnets).to.have.length(5);
    });
  }

  it('cannot be listed while their zone is down, but the others can', async () => {
    cloud.simulator.setFaults([{ kind: 'zone-down', zone: `${region}a` }]);

    await expectAwsError(cloud.ec2().describeSubnets({}), 'Unavailable', 503);
    const { Subnets } = await cloud
      .ec2()
      .describeSubnets({ Filters: [{ Name: 'availability-zone', Values: [`${region}b`] }] });
    expect(Subnets).to.have.length(1);
  });
});
