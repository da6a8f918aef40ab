import { paginateDescribeInstanceTypeOfferings, paginateDescribeInstanceTypes } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { expectAwsError, one, two, useSimulator } from '../use-simulator.ts';

describe('DescribeRegions and DescribeAvailabilityZones', () => {
  const cloud = useSimulator();

  it('lists the regions', async () => {
    const { Regions } = await cloud.ec2().describeRegions({});

    expect(Regions?.map(({ RegionName }) => RegionName)).to.have.members([
      'us-east-1',
      'us-west-2',
      'eu-west-1',
    ]);
    expect(Regions?.find(({ RegionName }) => RegionName === 'eu-west-1')?.Endpoint).to.equal(
      'ec2.eu-west-1.amazonaws.com',
    );
    await expectAwsError(cloud.ec2().describeRegions({ RegionNames: ['mars-1'] }), 'InvalidParameterValue');
  });

  it('lists the zones of the region that the call is signed for', async () => {
    const { AvailabilityZones } = await cloud.ec2(one, 'eu-west-1').describeAvailabilityZones({});

    expect(AvailabilityZones).to.have.length(3);
    expect(AvailabilityZones?.find(({ ZoneName }) => ZoneName === 'eu-west-1b')).to.deep.include({
      State: 'available',
      RegionName: 'eu-west-1',
      ZoneId: 'euw1-az2',
      ZoneType: 'availability-zone',
    });
  });
});

describe('DescribeInstanceTypes and DescribeInstanceTypeOfferings', () => {
  const cloud = useSimulator({ paging: 'mild' });

  it('lists types in pages, with cores and memory', async () => {
    const types = [];
    for await (const page of paginateDescribeInstanceTypes({ client: cloud.ec2(), pageSize: 5 }, {})) {
      types.push(...(page.InstanceTypes ?? []));
    }

    expect(types).to.have.length(18);
    const micro = types.find(({ InstanceType }) => InstanceType === 't3.micro');
    expect(micro?.VCpuInfo).to.deep.equal({ DefaultVCpus: 2, DefaultCores: 1, DefaultThreadsPerCore: 2 });
    expect(micro?.MemoryInfo?.SizeInMiB).to.equal(1024);
    expect(types.find(({ GpuInfo }) => GpuInfo)?.GpuInfo?.Gpus?.[0]?.Name).to.equal('T4');
  });

  it('filters types', async () => {
    const { InstanceTypes } = await cloud.ec2().describeInstanceTypes({
      Filters: [{ Name: 'processor-info.supported-architecture', Values: ['arm64'] }],
    });

    expect(InstanceTypes?.map(({ InstanceType }) => InstanceType)).to.have.members([
      't4g.micro',
      't4g.small',
      'm6g.large',
      'c6g.large',
    ]);
    await expectAwsError(
      cloud.ec2().describeInstanceTypes({ InstanceTypes: ['t9.gigantic' as 't3.micro'] }),
      'InvalidInstanceType',
    );
  });

  it('tells where types are to be had', async () => {
    const offerings = [];
    const pages = paginateDescribeInstanceTypeOfferings(
      { client: cloud.ec2(), pageSize: 7 },
      {
        LocationType: 'availability-zone',
        Filters: [{ Name: 'instance-type', Values: ['g4dn.xlarge', 't3.micro'] }],
      },
    );
    for await (const page of pages) offerings.push(...(page.InstanceTypeOfferings ?? []));

    expect(offerings).to.have.length(7);
    expect(offerings).to.not.deep.include({
      InstanceType: 'g4dn.xlarge',
      LocationType: 'availability-zone',
      Location: 'us-east-1d',
    });
  });
});

describe('DescribeImages', () => {
  const cloud = useSimulator();
  const names = (answer: { Images?: { Name?: string | undefined }[] | undefined }) =>
    answer.Images?.map(({ Name }) => Name ?? '').sort() ?? [];

  it('tells own, shared and public images apart', async () => {
    const ec2 = cloud.ec2();

    expect(names(await ec2.describeImages({ Owners: ['self'] }))).to.deep.equal([
      'golden-base',
      'golden-web',
      'shared-base',
    ]);
    const shared = await ec2.describeImages({ ExecutableUsers: ['self'] });
    expect(shared.Images?.map(({ OwnerId, Name }) => [OwnerId, Name])).to.deep.equal([
      [two.accountId, 'shared-base'],
    ]);
    const amazon = await ec2.describeImages({ Owners: ['amazon'] });
    expect(amazon.Images).to.have.length(12);
    expect(
      amazon.Images?.every(({ Public, ImageOwnerAlias }) => Public && ImageOwnerAlias === 'amazon'),
    ).to.equal(true);
    expect((await ec2.describeImages({ ExecutableUsers: ['all'] })).Images).to.have.length(12);
    expect((await ec2.describeImages({})).Images).to.have.length(16);
  });

  it('finds by id and filter, and refuses ids as EC2 does', async () => {
    const ec2 = cloud.ec2();
    const windows = await ec2.describeImages({
      Owners: ['amazon'],
      Filters: [
        { Name: 'platform', Values: ['windows'] },
        { Name: 'name', Values: ['*2022*'] },
      ],
    });

    expect(names(windows)).to.deep.equal(['Windows_Server-2022-English-Full-Base-2026.01.05']);
    const id = windows.Images?.[0]?.ImageId ?? '';
    expect(names(await ec2.describeImages({ ImageIds: [id] }))).to.deep.equal(names(windows));
    await expectAwsError(
      ec2.describeImages({ ImageIds: ['ami-0123456789abcdef0'] }),
      'InvalidAMIID.NotFound',
      400,
    );
    await expectAwsError(ec2.describeImages({ ImageIds: ['ami-xyz'] }), 'InvalidAMIID.Malformed', 400);
    await expectAwsError(
      cloud.ec2(one, 'us-west-2').describeImages({ ImageIds: [id] }),
      'InvalidAMIID.NotFound',
    );
  });
});

describe('CreateImage and DeregisterImage', () => {
  const cloud = useSimulator();

  it('makes an image of an instance, pending and then available, and takes it away again', async () => {
    const ec2 = cloud.ec2();
    const [InstanceId = ''] = await cloud.running();
    const { ImageId = '' } = await ec2.createImage({
      InstanceId,
      Name: 'my image',
      TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'from', Value: 'test' }] }],
    });
    const state = async () =>
      (await ec2.describeImages({ Owners: ['self'], Filters: [{ Name: 'image-id', Values: [ImageId] }] }))
        .Images?.[0];

    expect(await state()).to.deep.include({ State: 'pending', SourceInstanceId: InstanceId, Public: false });
    expect((await state())?.Tags).to.deep.equal([{ Key: 'from', Value: 'test' }]);
    await expectAwsError(ec2.createImage({ InstanceId, Name: 'my image' }), 'InvalidAMIName.Duplicate', 400);
    await expectAwsError(ec2.createImage({ InstanceId, Name: 'x' }), 'InvalidAMIName.Malformed', 400);
    cloud.clock.advance(1500);
    expect((await state())?.State).to.equal('available');

    await ec2.deregisterImage({ ImageId });
    expect((await state())?.State).to.equal('deregistered');
    await expectAwsError(ec2.deregisterImage({ ImageId }), 'InvalidAMIID.NotFound', 400);
    await ec2.createImage({ InstanceId, Name: 'my image' });
    cloud.clock.advance(1500);
    expect(await state()).to.equal(undefined);
  });

  it('does not deregister what it does not own', async () => {
    const { Images } = await cloud.ec2().describeImages({ ExecutableUsers: ['self'] });

    await expectAwsError(
      cloud.ec2().deregisterImage({ ImageId: Images?.[0]?.ImageId }),
      'UnauthorizedOperation',
      403,
    );
  });
});
