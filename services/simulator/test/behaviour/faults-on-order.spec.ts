import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { send, signCall } from '../raw-call.ts';
import { expectAwsError, one, place, two, useSimulator } from '../use-simulator.ts';

describe('faults on order', () => {
  const cloud = useSimulator();

  it('throttles as often as it was told to, each service in its own words', async () => {
    cloud.simulator.setFaults([{ kind: 'throttle', times: 2 }]);

    await expectAwsError(cloud.ec2().describeRegions({}), 'RequestLimitExceeded', 503);
    await expectAwsError(cloud.sts().getCallerIdentity({}), 'Throttling', 400);
    await cloud.ec2().describeRegions({});
  });

  it('fails with any code, and only for the calls it was told to', async () => {
    cloud.simulator.setFaults([
      {
        kind: 'fail',
        action: 'DescribeRegions',
        code: 'Unavailable',
        status: 503,
        message: 'Try later & again',
      },
      { kind: 'fail', accountId: two.accountId, action: 'DescribeAvailabilityZones' },
    ]);

    const error = await expectAwsError(cloud.ec2().describeRegions({}), 'Unavailable', 503);
    expect(error.message).to.equal('Try later & again');
    await cloud.ec2(one).describeAvailabilityZones({});
    await expectAwsError(cloud.ec2(two).describeAvailabilityZones({}), 'InternalError', 500);
  });

  it('resets the connection before or after the effect', async () => {
    const order = { ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1, ClientToken: 'once' };
    const expectReset = async () => {
      const error = await cloud
        .ec2()
        .runInstances(order)
        .then(
          () => undefined,
          (err: unknown) => err,
        );
      expect(error).to.have.property('code', 'ECONNRESET');
    };

    cloud.simulator.setFaults([{ kind: 'reset-before', action: 'RunInstances', times: 1 }]);
    await expectReset();
    expect(cloud.simulator.snapshot(place).instances).to.have.length(0);

    cloud.simulator.setFaults([{ kind: 'reset-after', action: 'RunInstances', times: 1 }]);
    await expectReset();
    expect(cloud.simulator.snapshot(place).instances).to.have.length(1);

    await cloud.ec2().runInstances(order);
    expect(cloud.simulator.snapshot(place).instances).to.have.length(1);
    const outcomes = cloud.simulator.calls().calls.filter(({ action }) => action === 'RunInstances');
    expect(outcomes.map(({ status, clientToken }) => [status, clientToken])).to.deep.equal([
      [0, 'once'],
      [0, 'once'],
      [200, 'once'],
    ]);
  });

  it('sends half of the answer and resets: the effect stays', async () => {
    const order = { ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1, ClientToken: 'once' };
    cloud.simulator.setFaults([{ kind: 'reset-mid-answer', times: 1 }]);

    const error = await cloud
      .ec2()
      .runInstances(order)
      .catch((err: unknown) => err);

    expect(error).to.be.an('error').with.property('code', 'ECONNRESET');
    expect(cloud.simulator.snapshot(place).instances).to.have.length(1);
    expect(cloud.simulator.calls().calls.at(-1)).to.deep.include({ action: 'RunInstances', status: 0 });

    cloud.simulator.setFaults([{ kind: 'reset-mid-answer', times: 1 }]);
    const { body, headers } = signCall(cloud.url);
    const answer = await fetch(cloud.url, { method: 'POST', headers, body });
    expect(answer.status).to.equal(200);
    expect(Number(answer.headers.get('content-length'))).to.be.greaterThan(100);
    expect(await answer.text().catch((err: Error) => err)).to.be.an('error');
  });

  it('says that it has failed after the effect', async () => {
    const order = { ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1 };
    cloud.simulator.setFaults([{ kind: 'fail-after', action: 'RunInstances', times: 1 }]);

    await expectAwsError(cloud.ec2().runInstances(order), 'InternalError', 500);

    expect(cloud.simulator.snapshot(place).instances).to.have.length(1);
  });

  it('hangs until the caller gives up, before or after the effect', async () => {
    const order = { ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1 };
    const giveUp = async () => {
      const aborter = new AbortController();
      const call = cloud.ec2().runInstances(order, { abortSignal: aborter.signal });
      const { total } = cloud.simulator.calls();
      while (cloud.simulator.calls().total === total) await setImmediate();
      aborter.abort();
      expect(await call.catch((err: unknown) => err)).to.have.property('name', 'AbortError');
    };

    cloud.simulator.setFaults([{ kind: 'hang-before', action: 'RunInstances', times: 1 }]);
    await giveUp();
    expect(cloud.simulator.snapshot(place).instances).to.have.length(0);
    cloud.simulator.setFaults([{ kind: 'hang-after', action: 'RunInstances', times: 1 }]);
    await giveUp();
    expect(cloud.simulator.snapshot(place).instances).to.have.length(1);
    await cloud.ec2().runInstances(order);
  });

  it('has its clock wrong in one region only', async () => {
    cloud.simulator.setClockOffsetSeconds({ seconds: 3600, region: 'eu-west-1' });

    await cloud.ec2().describeRegions({});
    await expectAwsError(cloud.ec2(one, 'eu-west-1').describeRegions({}), 'RequestExpired', 400);
    const nowMs = cloud.clock.nowMs() + 3_600_000;
    const answer = await send(cloud.url, signCall(cloud.url, undefined, { region: 'eu-west-1', nowMs }));
    expect([answer.status, answer.headers.date]).to.deep.equal([200, new Date(nowMs).toUTCString()]);
  });

  it('delays', async () => {
    cloud.simulator.setFaults([{ kind: 'delay', ms: 60, times: 1 }]);
    const before = performance.now();

    await cloud.ec2().describeRegions({});

    expect(performance.now() - before).to.be.at.least(55);
  });

  it('lists instances without their tags', async () => {
    cloud.simulator.createInstanceDirectly({ ...place, tags: { Name: 'x' } });
    cloud.simulator.setFaults([{ kind: 'no-tags', times: 1 }]);
    const tags = async () =>
      (await cloud.ec2().describeInstances({})).Reservations?.[0]?.Instances?.[0]?.Tags;

    expect(await tags()).to.equal(undefined);
    expect(await tags()).to.deep.equal([{ Key: 'Name', Value: 'x' }]);
  });

  it('takes a zone down: whole listings fail, those of other zones and ids work', async () => {
    const inZone = (zone: string) =>
      cloud.simulator.createInstanceDirectly({ ...place, zone }).instanceIds[0] ?? '';
    const a = inZone('us-east-1a');
    const b = inZone('us-east-1b');
    cloud.simulator.setFaults([{ kind: 'zone-down', region: place.region, zone: 'us-east-1a' }]);
    const ec2 = cloud.ec2();
    const zoneFilter = (zone: string) => ({ Filters: [{ Name: 'availability-zone', Values: [zone] }] });

    await expectAwsError(ec2.describeInstances({}), 'Unavailable', 503);
    await expectAwsError(ec2.describeInstances({ InstanceIds: [a, b] }), 'Unavailable', 503);
    await expectAwsError(ec2.describeInstances(zoneFilter('us-east-1a')), 'Unavailable', 503);
    expect((await ec2.describeInstances({ InstanceIds: [b] })).Reservations).to.have.length(1);
    expect((await ec2.describeInstances(zoneFilter('us-east-1b'))).Reservations).to.have.length(1);
    const { AvailabilityZones } = await ec2.describeAvailabilityZones({});
    expect(AvailabilityZones?.find(({ ZoneName }) => ZoneName === 'us-east-1a')?.State).to.equal(
      'unavailable',
    );
    await expectAwsError(
      ec2.runInstances({
        ImageId: await cloud.imageId(),
        MinCount: 1,
        MaxCount: 1,
        Placement: { AvailabilityZone: 'us-east-1a' },
      }),
      'InsufficientInstanceCapacity',
      500,
    );
  });

  it('empties the buckets of the published sizes, and fills them again with time', async () => {
    cloud.simulator.setThrottling({ enabled: true });
    const ec2 = cloud.ec2();
    const [id = ''] = await cloud.running();
    const start = () => ec2.startInstances({ InstanceIds: [id] });

    for (let i = 0; i < 5; i++) await start();
    await expectAwsError(start(), 'RequestLimitExceeded', 503);
    await ec2.describeInstances({});
    cloud.simulator.advanceMs(500);
    await start();
    await expectAwsError(start(), 'RequestLimitExceeded', 503);

    cloud.simulator.setThrottling({
      enabled: true,
      buckets: { 'describe-unfiltered': { size: 1, refillPerSecond: 0 } },
    });
    await ec2.describeInstances({});
    await expectAwsError(ec2.describeInstances({}), 'RequestLimitExceeded');
    await ec2.describeInstances({ MaxResults: 5 });
    await cloud.ec2(two).describeInstances({});
    cloud.simulator.setThrottling({ enabled: false });
    await ec2.describeInstances({});
  });
});
