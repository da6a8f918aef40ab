import { type DescribeInstancesCommandOutput, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import type { FaultRule } from '../../src/faults/faults.ts';
import { expectAwsError, place, useSimulator } from '../use-simulator.ts';

describe('lies of listings', () => {
  const cloud = useSimulator();

  const launch = (count = 1) =>
    cloud.simulator.createInstanceDirectly({ ...place, count, tags: { Name: 'x' } }).instanceIds;
  const idsOf = (answer: DescribeInstancesCommandOutput) =>
    answer.Reservations?.flatMap(({ Instances }) => Instances ?? [])
      .map(({ InstanceId }) => InstanceId ?? '')
      .sort() ?? [];
  const listed = async () => idsOf(await cloud.ec2().describeInstances({}));
  const lie = (rule: FaultRule) => cloud.simulator.setFaults([{ times: 1, ...rule }]);

  it('ends normally but lacks named items, or a share of all; ids that are asked for are not missing', async () => {
    const [gone = '', ...others] = launch(40);
    const all = [gone, ...others].sort();

    lie({ kind: 'missing-items', ids: [gone] });
    expect(await listed()).to.deep.equal([...others].sort());
    expect(await listed()).to.deep.equal(all);

    cloud.simulator.setFaults([{ kind: 'missing-items', share: 0.5 }]);
    const some = await listed();
    expect(some.length).to.be.within(1, 39);
    expect(await listed()).to.deep.equal(some);
    const paged: string[] = [];
    for await (const page of paginateDescribeInstances({ client: cloud.ec2(), pageSize: 5 }, {})) {
      paged.push(...idsOf(page));
    }
    expect(paged.sort()).to.deep.equal(some);
    expect(idsOf(await cloud.ec2().describeInstances({ InstanceIds: [...all] }))).to.deep.equal(all);
  });

  it('says that there is nothing at all', async () => {
    launch(3);
    lie({ kind: 'empty-listing' });

    const { Reservations, NextToken } = await cloud.ec2().describeInstances({ MaxResults: 5 });
    expect([Reservations, NextToken]).to.deep.equal([[], undefined]);
    expect(await listed()).to.have.length(3);
  });

  it('lists an item on two pages', async () => {
    const ids = launch(12);
    cloud.simulator.setFaults([{ kind: 'repeated-items' }]);

    const seen: string[] = [];
    for await (const page of paginateDescribeInstances({ client: cloud.ec2(), pageSize: 5 }, {})) {
      seen.push(...idsOf(page));
    }

    expect(new Set(seen)).to.deep.equal(new Set(ids));
    expect(seen).to.have.length(14);
  });

  it('forgets the tags of instances and images', async () => {
    const [id = ''] = launch();
    const image = await cloud.imageId();
    cloud.simulator.tagDirectly({ ...place, resourceIds: [image], tags: { Name: 'base' } });
    const tagsOfBoth = async () => {
      const { Reservations } = await cloud.ec2().describeInstances({ InstanceIds: [id] });
      const { Images } = await cloud.ec2().describeImages({ ImageIds: [image] });
      return [Reservations?.[0]?.Instances?.[0]?.Tags, Images?.[0]?.Tags];
    };

    cloud.simulator.setFaults([{ kind: 'no-tags' }]);
    expect(await tagsOfBoth()).to.deep.equal([undefined, undefined]);
    cloud.simulator.setFaults([]);
    expect(await tagsOfBoth()).to.deep.equal([
      [{ Key: 'Name', Value: 'x' }],
      [{ Key: 'Name', Value: 'base' }],
    ]);
  });

  it('does not see a new image before the lag is over, by listing, by filter and by id', async () => {
    const [id = ''] = await cloud.running();
    cloud.simulator.setLagMs(5000);
    const { ImageId = '' } = await cloud.ec2().createImage({ InstanceId: id, Name: 'fresh' });
    const ec2 = cloud.ec2();
    const named = { Filters: [{ Name: 'name', Values: ['fresh'] }] };

    expect(
      (await ec2.describeImages({ Owners: ['self'] })).Images?.map((image) => image.ImageId),
    ).to.not.include(ImageId);
    expect((await ec2.describeImages(named)).Images).to.deep.equal([]);
    await expectAwsError(ec2.describeImages({ ImageIds: [ImageId] }), 'InvalidAMIID.NotFound');

    cloud.simulator.advanceMs(5000);
    expect((await ec2.describeImages(named)).Images).to.have.length(1);
  });

  it('shows instances as they were before a change, tags too', async () => {
    const [id = ''] = await cloud.running();
    cloud.simulator.setChangeLagMs(5000);
    const ec2 = cloud.ec2();
    await ec2.stopInstances({ InstanceIds: [id] });
    await ec2.createTags({ Resources: [id], Tags: [{ Key: 'stage', Value: 'test' }] });
    const shown = async () => {
      const { Reservations } = await ec2.describeInstances({ InstanceIds: [id] });
      const { Tags } = await ec2.describeTags({});
      return [Reservations?.[0]?.Instances?.[0]?.State?.Name, Tags?.length];
    };

    expect(await shown()).to.deep.equal(['running', 0]);
    expect(cloud.simulator.snapshot(place).instances[0]?.state).to.equal('stopping');
    cloud.simulator.advanceMs(5000);
    expect(await shown()).to.deep.equal(['stopped', 1]);
  });

  it('tells how near each bucket of the published sizes came to its end', async () => {
    cloud.simulator.setThrottling({
      enabled: true,
      buckets: { 'describe-unfiltered': { size: 2, refillPerSecond: 0 } },
    });
    const ec2 = cloud.ec2();
    for (let i = 0; i < 2; i++) await ec2.describeInstances({});
    await expectAwsError(ec2.describeInstances({}), 'RequestLimitExceeded', 503);
    await ec2.describeInstances({ MaxResults: 5 });

    const bucket = { ...place, action: 'DescribeInstances' };
    expect(cloud.simulator.throttled()).to.deep.equal([
      { ...bucket, bucketClass: 'describe-unfiltered', allowed: 2, refused: 1, fewestTokens: 0 },
      { ...bucket, bucketClass: 'describe', allowed: 1, refused: 0, fewestTokens: 99 },
    ]);
  });
});
