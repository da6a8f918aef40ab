import { expect } from 'chai';
import { expectAwsError, one, place, region, two, useSimulator } from '../use-simulator.ts';

describe('the life of an instance', () => {
  const cloud = useSimulator();

  const states = async (ids?: string[]) => {
    const { Reservations } = await cloud.ec2().describeInstances(ids ? { InstanceIds: ids } : {});
    return Reservations?.flatMap(({ Instances }) => Instances ?? []) ?? [];
  };

  it('goes from pending to running, and has a public address only then', async () => {
    const ec2 = cloud.ec2();
    const launched = await ec2.runInstances({ ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1 });
    const instance = launched.Instances?.[0];
    const id = instance?.InstanceId ?? '';

    expect(launched.OwnerId).to.equal(one.accountId);
    expect(launched.ReservationId).to.match(/^r-[0-9a-f]{17}$/);
    expect(id).to.match(/^i-[0-9a-f]{17}$/);
    expect(instance?.State).to.deep.equal({ Code: 0, Name: 'pending' });
    expect(instance?.PublicIpAddress).to.equal(undefined);
    expect(instance?.PrivateIpAddress).to.match(/^172\.31\.\d+\.\d+$/);
    expect(instance?.StateReason).to.deep.equal({ Code: 'pending', Message: 'pending' });
    expect(instance?.LaunchTime?.getTime()).to.equal(cloud.clock.nowMs());

    cloud.clock.advance(1499);
    expect((await states([id]))[0]?.State?.Name).to.equal('pending');

    cloud.clock.advance(1);
    const [running] = await states([id]);
    expect(running?.State).to.deep.equal({ Code: 16, Name: 'running' });
    expect(running?.PublicIpAddress).to.match(/^198\.1[89]\.\d+\.\d+$/);
    expect(running?.PublicDnsName).to.match(/^ec2-198-1[89]-\d+-\d+\.compute-1\.amazonaws\.com$/);
    expect(running?.PrivateDnsName).to.match(/^ip-172-31-\d+-\d+\.ec2\.internal$/);
    expect(running?.StateReason).to.equal(undefined);
    expect(running?.BlockDeviceMappings?.[0]?.Ebs?.Status).to.equal('attached');
    expect(running?.Placement?.AvailabilityZone).to.match(/^us-east-1[a-d]$/);
    expect(running?.SecurityGroups?.[0]?.GroupName).to.equal('default');
    expect(running?.NetworkInterfaces?.[0]?.Association?.PublicIp).to.equal(running?.PublicIpAddress);
  });

  it('can be stopped while it starts again, but not before it has ever run', async () => {
    const ec2 = cloud.ec2();
    const launched = await ec2.runInstances({ ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1 });
    const InstanceIds = [launched.Instances?.[0]?.InstanceId ?? ''];
    await expectAwsError(ec2.stopInstances({ InstanceIds }), 'IncorrectInstanceState', 400);
    cloud.clock.advance(1500);
    await ec2.stopInstances({ InstanceIds });
    cloud.clock.advance(1500);
    await ec2.startInstances({ InstanceIds });

    const stopped = await ec2.stopInstances({ InstanceIds });

    expect(stopped.StoppingInstances?.[0]?.CurrentState?.Name).to.equal('stopping');
  });

  it('takes other security groups of its network', async () => {
    const ec2 = cloud.ec2();
    const [InstanceId = ''] = await cloud.running();
    const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: 'another', Description: 'another' });

    await ec2.modifyInstanceAttribute({ InstanceId, Groups: [GroupId] });

    expect((await states([InstanceId]))[0]?.SecurityGroups).to.deep.equal([
      { GroupId, GroupName: 'another' },
    ]);
  });

  it('stops, keeps its private address, loses the public one, says why, and starts with another one', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();
    const [before] = await states([id]);

    const stopped = await ec2.stopInstances({ InstanceIds: [id] });
    expect(stopped.StoppingInstances).to.deep.equal([
      {
        InstanceId: id,
        CurrentState: { Code: 64, Name: 'stopping' },
        PreviousState: { Code: 16, Name: 'running' },
      },
    ]);
    expect((await states([id]))[0]?.State?.Name).to.equal('stopping');
    cloud.clock.advance(1500);
    const [resting] = await states([id]);
    expect(resting?.State).to.deep.equal({ Code: 80, Name: 'stopped' });
    expect(resting?.PublicIpAddress).to.equal(undefined);
    expect(resting?.PrivateIpAddress).to.equal(before?.PrivateIpAddress);
    expect(resting?.StateReason).to.deep.equal({
      Code: 'Client.UserInitiatedShutdown',
      Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
    });
    expect(resting?.StateTransitionReason).to.match(
      /^User initiated \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\)$/,
    );

    const started = await ec2.startInstances({ InstanceIds: [id] });
    expect(started.StartingInstances?.[0]?.CurrentState?.Name).to.equal('pending');
    cloud.clock.advance(1500);
    const [again] = await states([id]);
    expect(again?.State?.Name).to.equal('running');
    expect(again?.PublicIpAddress).to.be.a('string').and.not.equal(before?.PublicIpAddress);
    expect(again?.StateTransitionReason ?? '').to.equal('');
    expect(again?.LaunchTime?.getTime()).to.be.greaterThan(before?.LaunchTime?.getTime() ?? 0);
  });

  it('terminates, stays listed for an hour without its network, and vanishes', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();

    const terminated = await ec2.terminateInstances({ InstanceIds: [id] });
    expect(terminated.TerminatingInstances?.[0]?.CurrentState).to.deep.equal({
      Code: 32,
      Name: 'shutting-down',
    });
    cloud.clock.advance(1500);
    const [gone] = await states([id]);
    expect(gone?.State).to.deep.equal({ Code: 48, Name: 'terminated' });
    expect(gone?.PrivateIpAddress).to.equal(undefined);
    expect(gone?.VpcId).to.equal(undefined);
    expect(gone?.SecurityGroups).to.deep.equal([]);
    expect(gone?.BlockDeviceMappings).to.deep.equal([]);

    // The world moves, and not the clock of the wire: the signature has to stay fresh.
    cloud.simulator.advanceMs(3_599_999);
    expect(await states()).to.have.length(1);
    cloud.simulator.advanceMs(1);
    expect(await states()).to.have.length(0);
    await expectAwsError(ec2.describeInstances({ InstanceIds: [id] }), 'InvalidInstanceID.NotFound', 400);
  });

  it('terminates when it was stopped, and twice without complaint', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();
    await ec2.stopInstances({ InstanceIds: [id] });
    cloud.clock.advance(1500);

    await ec2.terminateInstances({ InstanceIds: [id] });
    cloud.clock.advance(1500);
    const again = await ec2.terminateInstances({ InstanceIds: [id] });

    expect(again.TerminatingInstances?.[0]?.PreviousState?.Name).to.equal('terminated');
  });

  it('does nothing on a second start or stop', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();

    const start = await ec2.startInstances({ InstanceIds: [id] });
    expect(start.StartingInstances?.[0]?.CurrentState?.Name).to.equal('running');
    await ec2.stopInstances({ InstanceIds: [id] });
    const stop = await ec2.stopInstances({ InstanceIds: [id], Force: true });
    expect(stop.StoppingInstances?.[0]?.PreviousState?.Name).to.equal('stopping');
  });

  it('refuses what its state does not allow, and then changes none of the named instances', async () => {
    const ec2 = cloud.ec2();
    const [id = '', other = ''] = await cloud.running(2);
    await ec2.stopInstances({ InstanceIds: [id] });

    await expectAwsError(ec2.startInstances({ InstanceIds: [id] }), 'IncorrectInstanceState', 400);
    await ec2.terminateInstances({ InstanceIds: [id] });
    await expectAwsError(ec2.stopInstances({ InstanceIds: [other, id] }), 'IncorrectInstanceState', 400);
    await expectAwsError(ec2.startInstances({ InstanceIds: [id] }), 'IncorrectInstanceState', 400);
    await expectAwsError(ec2.rebootInstances({ InstanceIds: [other, id] }), 'IncorrectInstanceState', 400);

    expect((await states([other]))[0]?.State?.Name).to.equal('running');
  });

  it('reboots without a trace', async () => {
    const [id = ''] = await cloud.running();
    await cloud.ec2().rebootInstances({ InstanceIds: [id] });
    expect((await states([id]))[0]?.State?.Name).to.equal('running');
  });

  it('hibernates only when it was launched for it', async () => {
    const ec2 = cloud.ec2();
    const [plain = ''] = await cloud.running();
    const launched = await ec2.runInstances({
      ImageId: await cloud.imageId(),
      MinCount: 1,
      MaxCount: 1,
      HibernationOptions: { Configured: true },
    });
    const id = launched.Instances?.[0]?.InstanceId ?? '';
    cloud.clock.advance(1500);

    await expectAwsError(
      ec2.stopInstances({ InstanceIds: [plain], Hibernate: true }),
      'UnsupportedHibernationConfiguration',
    );
    await ec2.stopInstances({ InstanceIds: [id], Hibernate: true });

    expect((await states([id]))[0]?.StateReason?.Code).to.equal('Client.UserInitiatedHibernate');
  });

  it('tells unknown and malformed ids apart, in every call that takes them', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();
    const unknown = 'i-0123456789abcdef0';
    for (const call of [
      (ids: string[]) => ec2.describeInstances({ InstanceIds: ids }),
      (ids: string[]) => ec2.describeInstanceStatus({ InstanceIds: ids }),
      (ids: string[]) => ec2.startInstances({ InstanceIds: ids }),
      (ids: string[]) => ec2.stopInstances({ InstanceIds: ids }),
      (ids: string[]) => ec2.rebootInstances({ InstanceIds: ids }),
      (ids: string[]) => ec2.terminateInstances({ InstanceIds: ids }),
    ]) {
      await expectAwsError(call([id, unknown]), 'InvalidInstanceID.NotFound', 400);
      await expectAwsError(call([id, 'nonsense']), 'InvalidInstanceID.Malformed', 400);
    }
    expect((await states([id]))[0]?.State?.Name).to.equal('running');
  });

  it('needs at least one id to change anything', async () => {
    await expectAwsError(cloud.ec2().terminateInstances({ InstanceIds: [] }), 'MissingParameter', 400);
  });

  it('can be modified: protection always, the type only while stopped', async () => {
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();

    await ec2.modifyInstanceAttribute({ InstanceId: id, DisableApiTermination: { Value: true } });
    await expectAwsError(ec2.terminateInstances({ InstanceIds: [id] }), 'OperationNotPermitted', 400);
    await ec2.modifyInstanceAttribute({ InstanceId: id, Attribute: 'disableApiTermination', Value: 'false' });

    await expectAwsError(
      ec2.modifyInstanceAttribute({ InstanceId: id, InstanceType: { Value: 't3.large' } }),
      'IncorrectInstanceState',
    );
    await ec2.stopInstances({ InstanceIds: [id] });
    cloud.clock.advance(1500);
    await ec2.modifyInstanceAttribute({ InstanceId: id, InstanceType: { Value: 't3.large' } });
    await expectAwsError(
      ec2.modifyInstanceAttribute({ InstanceId: id, InstanceType: { Value: 't9.gigantic' } }),
      'InvalidInstanceAttributeValue',
    );
    await expectAwsError(ec2.modifyInstanceAttribute({ InstanceId: id }), 'InvalidParameterCombination');

    expect((await states([id]))[0]?.InstanceType).to.equal('t3.large');
    await ec2.terminateInstances({ InstanceIds: [id] });
  });

  it('is seen by its own account and region only', async () => {
    const { instanceIds } = cloud.simulator.createInstanceDirectly(place);
    const id = instanceIds[0] ?? '';

    await expectAwsError(
      cloud.ec2(one, 'eu-west-1').describeInstances({ InstanceIds: [id] }),
      'InvalidInstanceID.NotFound',
    );
    await expectAwsError(
      cloud.ec2(two, region).terminateInstances({ InstanceIds: [id] }),
      'InvalidInstanceID.NotFound',
    );
  });
});
