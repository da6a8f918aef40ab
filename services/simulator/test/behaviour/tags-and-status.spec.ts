import { paginateDescribeTags } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { expectAwsError, place, useSimulator } from '../use-simulator.ts';

describe('CreateTags, DeleteTags and DescribeTags', () => {
  const cloud = useSimulator();

  const tagsOf = async (id: string) => {
    const { Tags } = await cloud.ec2().describeTags({ Filters: [{ Name: 'resource-id', Values: [id] }] });
    return Object.fromEntries(Tags?.map(({ Key, Value }) => [Key, Value ?? '']) ?? []);
  };

  it('adds, overwrites and removes, by key or by key and value', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();

    await ec2.createTags({
      Resources: [id],
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    await ec2.createTags({ Resources: [id], Tags: [{ Key: 'a', Value: 'one' }] });
    expect(await tagsOf(id)).to.deep.equal({ a: 'one', b: '2' });

    await ec2.deleteTags({ Resources: [id], Tags: [{ Key: 'a', Value: 'other' }] });
    expect(await tagsOf(id)).to.deep.equal({ a: 'one', b: '2' });
    await ec2.deleteTags({ Resources: [id], Tags: [{ Key: 'a', Value: 'one' }] });
    await ec2.deleteTags({ Resources: [id], Tags: [{ Key: 'b' }] });
    expect(await tagsOf(id)).to.deep.equal({});

    await ec2.createTags({
      Resources: [id],
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    await ec2.deleteTags({ Resources: [id] });
    expect(await tagsOf(id)).to.deep.equal({});
  });

  it('tags instances and images together, or none of them', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();
    const image = await cloud.imageId();
    const Tags = [{ Key: 'k', Value: 'v' }];

    await ec2.createTags({ Resources: [id, image], Tags });
    expect([await tagsOf(id), await tagsOf(image)]).to.deep.equal([{ k: 'v' }, { k: 'v' }]);
    await ec2.deleteTags({ Resources: [id, image], Tags });
    await expectAwsError(
      ec2.createTags({ Resources: [id, 'i-0123456789abcdef0'], Tags }),
      'InvalidInstanceID.NotFound',
    );
    await expectAwsError(ec2.createTags({ Resources: [id, 'what-is-this'], Tags }), 'InvalidID');
    expect(await tagsOf(id)).to.deep.equal({});
  });

  it('survives any key and value, also those that break naive writers', async () => {
    const [id = ''] = await cloud.running();
    const odd = { __proto__x: '<&>"\'', 'a b.c/d=e+f-@:': ' ä 🙂\ttab', toString: '__proto__' };

    await cloud
      .ec2()
      .createTags({ Resources: [id], Tags: Object.entries(odd).map(([Key, Value]) => ({ Key, Value })) });

    expect({ ...cloud.simulator.snapshot(place).instances[0]?.tags }).to.deep.equal(odd);
    const { Tags } = await cloud.ec2().describeTags({});
    expect(Tags?.find(({ Key }) => Key === 'a b.c/d=e+f-@:')?.Value?.trim()).to.equal('ä 🙂\ttab');
  });

  it('lists each tag once over pages, of every type', async () => {
    const tags = { b: '1', a: '2', c: '3' };
    cloud.simulator.createInstanceDirectly({ ...place, count: 4, tags });
    const resourceIds = [await cloud.imageId(), cloud.simulator.snapshot(place).vpcs[0]?.id ?? ''];
    cloud.simulator.tagDirectly({ ...place, resourceIds, tags });
    cloud.simulator.setPaging('mild');

    const rows: string[] = [];
    for await (const page of paginateDescribeTags({ client: cloud.ec2(), pageSize: 5 }, {})) {
      rows.push(...(page.Tags ?? []).map(({ ResourceId, Key }) => `${ResourceId} ${Key}`));
    }

    expect(rows).to.have.length(18);
    expect(new Set(rows).size).to.equal(18);
  });

  it('holds at most 50 tags a resource', async () => {
    const [id = ''] = await cloud.running();
    const tags = (n: number) => Array.from({ length: n }, (_, i) => ({ Key: `k${i}`, Value: 'v' }));

    await cloud.ec2().createTags({ Resources: [id], Tags: tags(50) });
    await expectAwsError(cloud.ec2().createTags({ Resources: [id], Tags: tags(51) }), 'TagLimitExceeded');
  });
});

describe('DescribeInstanceStatus', () => {
  const cloud = useSimulator();

  it('lists running instances, and the others when asked to', async () => {
    const [running = '', stopped = ''] = await cloud.running(2);
    await cloud.ec2().stopInstances({ InstanceIds: [stopped] });
    cloud.simulator.advanceMs(1500);

    const usual = await cloud.ec2().describeInstanceStatus({});
    expect(usual.InstanceStatuses?.map(({ InstanceId }) => InstanceId)).to.deep.equal([running]);
    expect(usual.InstanceStatuses?.[0]?.SystemStatus).to.deep.equal({
      Status: 'ok',
      Details: [{ Name: 'reachability', Status: 'passed' }],
    });
    const all = await cloud.ec2().describeInstanceStatus({ IncludeAllInstances: true });
    expect(
      all.InstanceStatuses?.find(({ InstanceId }) => InstanceId === stopped)?.InstanceStatus?.Status,
    ).to.equal('not-applicable');
  });
});
