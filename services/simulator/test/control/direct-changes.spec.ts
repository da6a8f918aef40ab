import { expect } from 'chai';
import { expectAwsError, one, place, useSimulator } from '../use-simulator.ts';

describe('changes that nobody asked the API for', () => {
  const cloud = useSimulator();

  it('are any action of EC2, without faults and without a trace in the log', async () => {
    cloud.simulator.setFaults([{ kind: 'throttle' }]);

    const { vpc } = cloud.simulator.callDirectly({
      ...place,
      action: 'CreateVpc',
      parameters: {
        CidrBlock: '10.0.0.0/16',
        'TagSpecification.1.ResourceType': 'vpc',
        'TagSpecification.1.Tag.1.Key': 'by',
        'TagSpecification.1.Tag.1.Value': 'console',
      },
    }) as { vpc: { vpcId: string } };
    cloud.simulator.setFaults([]);

    expect(cloud.simulator.calls().total).to.equal(0);
    const { Vpcs } = await cloud.ec2().describeVpcs({ VpcIds: [vpc.vpcId] });
    expect(Vpcs?.[0]?.Tags).to.deep.equal([{ Key: 'by', Value: 'console' }]);
  });

  it('are refused as by EC2, and when they are none', () => {
    const change = (action: string, parameters: Record<string, string>) => () =>
      cloud.simulator.callDirectly({ ...place, action, parameters });

    expect(change('CreateVpc', { CidrBlock: 'x' })).to.throw(/not a valid CIDR block/);
    expect(change('CreateVpc', { Cidr: '10.0.0.0/16' })).to.throw(/no parameter Cidr/);
    expect(change('Explode', {})).to.throw(/no action Explode/);
  });

  it('tag, show and take away resources of every type', async () => {
    const ec2 = cloud.ec2();
    const direct = (action: string, parameters: Record<string, string>) =>
      cloud.simulator.callDirectly({ ...place, action, parameters });
    const [instanceId = ''] = await cloud.running();
    direct('CreateKeyPair', { KeyName: 'k', KeyType: 'ed25519' });
    direct('CreatePlacementGroup', { GroupName: 'p' });
    direct('AllocateAddress', {});
    const truth = () => cloud.simulator.snapshot(place);
    const ids = [
      instanceId,
      truth().keyPairs[0]?.id ?? '',
      truth().placementGroups[0]?.id ?? '',
      truth().addresses[0]?.id ?? '',
      truth().securityGroups.find(({ name }) => name === 'web')?.id ?? '',
      truth().subnets[0]?.id ?? '',
      truth().vpcs[0]?.id ?? '',
    ];

    cloud.simulator.tagDirectly({ ...place, resourceIds: ids, tags: { a: '1' } });
    await ec2.createTags({ Resources: ids, Tags: [{ Key: 'b', Value: '2' }] });
    const { Tags = [] } = await ec2.describeTags({ Filters: [{ Name: 'tag:b', Values: ['2'] }] });
    expect(Tags.map(({ ResourceId }) => ResourceId).sort()).to.deep.equal([...ids].sort());
    expect(Tags.map(({ ResourceType }) => ResourceType).sort()).to.deep.equal([
      'elastic-ip',
      'instance',
      'key-pair',
      'placement-group',
      'security-group',
      'subnet',
      'vpc',
    ]);
    expect(truth().addresses[0]?.tags).to.deep.equal({ a: '1', b: '2' });

    for (const id of ids) cloud.simulator.destroyDirectly({ ...place, id });
    const {
      instances,
      keyPairs,
      placementGroups,
      addresses,
      securityGroups,
      securityGroupRules,
      subnets,
      vpcs,
    } = truth();
    expect([
      instances,
      keyPairs,
      placementGroups,
      addresses,
      securityGroups,
      securityGroupRules,
      subnets,
      vpcs,
    ]).to.deep.equal(Array.from({ length: 8 }, () => []));
    await expectAwsError(ec2.describeInstances({ InstanceIds: [instanceId] }), 'InvalidInstanceID.NotFound');
    await expectAwsError(
      ec2.runInstances({ ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1 }),
      'VPCIdNotSpecified',
    );
    expect(() => cloud.simulator.destroyDirectly({ ...place, id: instanceId })).to.throw(/does not exist/);
  });

  it('keep accounts apart', () => {
    cloud.simulator.callDirectly({ ...place, action: 'AllocateAddress' });

    expect(cloud.simulator.snapshot(place).addresses).to.have.length(1);
    expect(cloud.simulator.snapshot({ ...place, accountId: '210987654321' }).addresses).to.have.length(0);
    expect(one.accountId).to.equal(place.accountId);
  });
});
