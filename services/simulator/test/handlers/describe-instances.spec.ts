import { paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { expectAwsError, place, useSimulator } from '../use-simulator.ts';

describe('DescribeInstances', () => {
  const cloud = useSimulator();

  const idsOf = (answer: {
    Reservations?: { Instances?: { InstanceId?: string | undefined }[] | undefined }[] | undefined;
  }) =>
    answer.Reservations?.flatMap(({ Instances }) => Instances ?? []).map(
      ({ InstanceId }) => InstanceId ?? '',
    ) ?? [];

  describe('filters', () => {
    const launch = (tags: Record<string, string>, zone: string) =>
      cloud.simulator.createInstanceDirectly({ ...place, tags, zone }).instanceIds[0] ?? '';

    it('combines filters with and, their values with or, and knows wildcards', async () => {
      const web = launch({ Name: 'web-1', stage: 'prod' }, 'us-east-1a');
      const db = launch({ Name: 'db-1', stage: 'prod' }, 'us-east-1b');
      const test = launch({ Name: 'web-2', stage: 'test' }, 'us-east-1b');
      await cloud.ec2().terminateInstances({ InstanceIds: [test] });
      cloud.simulator.advanceMs(1500);

      for (const [filters, expected] of [
        [{ 'tag:Name': ['web-*'] }, [web, test]],
        [{ 'tag:Name': ['web-?'], 'tag:stage': ['prod'] }, [web]],
        [{ 'tag:Name': ['web-1', 'db-1'] }, [web, db]],
        [{ 'tag-key': ['stage'] }, [web, db, test]],
        [{ 'tag-key': ['nothing'] }, []],
        [{ 'instance-state-name': ['running'] }, [web, db]],
        [{ 'instance-state-name': ['running', 'terminated'] }, [web, db, test]],
        [{ 'availability-zone': ['us-east-1b'] }, [db, test]],
        [{ 'instance-id': [web] }, [web]],
        [{ 'instance-state-code': ['48'] }, [test]],
        [{ 'private-ip-address': ['172.31.*'] }, [web, db]],
      ] as const) {
        const Filters = Object.entries(filters).map(([Name, Values]) => ({ Name, Values: [...Values] }));
        const answer = await cloud.ec2().describeInstances({ Filters });
        expect(idsOf(answer), JSON.stringify(filters)).to.have.members([...expected]);
      }
    });

    it('finds an instance by its client token', async () => {
      const { Instances } = await cloud
        .ec2()
        .runInstances({ ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1, ClientToken: 'my-token' });
      await cloud.running(2);

      const answer = await cloud
        .ec2()
        .describeInstances({ Filters: [{ Name: 'client-token', Values: ['my-token'] }] });

      expect(idsOf(answer)).to.deep.equal([Instances?.[0]?.InstanceId]);
    });

    it('refuses a filter that does not exist', async () => {
      await expectAwsError(
        cloud.ec2().describeInstances({ Filters: [{ Name: 'colour', Values: ['red'] }] }),
        'InvalidParameterValue',
      );
      await expectAwsError(
        cloud.ec2().describeInstances({ Filters: [{ Name: '__proto__', Values: ['red'] }] }),
        'InvalidParameterValue',
      );
    });
  });

  describe('pages', () => {
    for (const mode of ['none', 'mild', 'harsh'] as const) {
      it(`lists each instance exactly once, with ${mode} oddities`, async () => {
        cloud.simulator.setPaging(mode);
        const all = await cloud.running(53);
        const sizes: number[] = [];
        const seen: string[] = [];

        for await (const page of paginateDescribeInstances({ client: cloud.ec2(), pageSize: 5 }, {})) {
          sizes.push(idsOf(page).length);
          seen.push(...idsOf(page));
        }

        expect(seen).to.have.length(53).and.have.members(all);
        expect(Math.max(...sizes)).to.be.at.most(5);
        if (mode === 'none') expect(sizes.slice(0, -1).every((size) => size === 5)).to.equal(true);
        else expect(sizes.slice(0, -1)).to.include(0);
      });
    }

    it('loses and repeats nothing that exists throughout, when the listing changes in the middle', async () => {
      const before = await cloud.running(10);
      const ec2 = cloud.ec2();
      const first = await ec2.describeInstances({ MaxResults: 5 });
      await cloud.running(10);

      const seen = idsOf(first);
      let token = first.NextToken;
      while (token) {
        const page = await ec2.describeInstances({ MaxResults: 5, NextToken: token });
        seen.push(...idsOf(page));
        token = page.NextToken;
      }

      expect(seen).to.include.members(before);
      expect(new Set(seen).size).to.equal(seen.length);
    });

    it('has no order that could be relied on, but the order of one call is the same when it is repeated', async () => {
      await cloud.running(20);
      const orders = new Set<string>();
      for (let i = 0; i < 5; i++) orders.add(idsOf(await cloud.ec2().describeInstances({})).join());

      expect(orders.size).to.be.greaterThan(1);
    });

    it('refuses a page size out of bounds, one together with ids, and a token that it did not give', async () => {
      const [id = ''] = await cloud.running();
      const ec2 = cloud.ec2();
      await expectAwsError(ec2.describeInstances({ MaxResults: 4 }), 'InvalidParameterValue');
      await expectAwsError(ec2.describeInstances({ MaxResults: 1001 }), 'InvalidParameterValue');
      await expectAwsError(
        ec2.describeInstances({ MaxResults: 5, InstanceIds: [id] }),
        'InvalidParameterCombination',
      );
      await expectAwsError(
        ec2.describeInstances({ MaxResults: 5, NextToken: 'mine' }),
        'InvalidNextToken',
        400,
      );
      const { NextToken } = await ec2.describeInstanceTypes({ MaxResults: 5 });
      await expectAwsError(ec2.describeInstances({ MaxResults: 5, NextToken }), 'InvalidNextToken');
    });
  });

  it('does not see a new instance before the lag is over; the true state has it', async () => {
    cloud.simulator.setLagMs(5000);
    const { Instances } = await cloud
      .ec2()
      .runInstances({ ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1 });
    const id = Instances?.[0]?.InstanceId ?? '';

    expect(idsOf(await cloud.ec2().describeInstances({}))).to.deep.equal([]);
    await expectAwsError(cloud.ec2().describeInstances({ InstanceIds: [id] }), 'InvalidInstanceID.NotFound');
    expect(cloud.simulator.snapshot(place).instances.map((instance) => instance.id)).to.deep.equal([id]);

    cloud.clock.advance(5000);
    expect(idsOf(await cloud.ec2().describeInstances({}))).to.deep.equal([id]);
  });

  it('groups by reservation', async () => {
    cloud.simulator.createInstanceDirectly({ ...place, count: 3 });
    cloud.simulator.createInstanceDirectly({ ...place, count: 2 });

    const { Reservations } = await cloud.ec2().describeInstances({});

    expect(Reservations?.map(({ Instances }) => Instances?.length).sort()).to.deep.equal([2, 3]);
  });
});
