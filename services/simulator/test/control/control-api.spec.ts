import { expect } from 'chai';
import { one, place, useSimulator } from '../use-simulator.ts';

describe('the control API', () => {
  const cloud = useSimulator();

  const post = async (name: string, argument?: unknown, headers: Record<string, string> = {}) => {
    const body = argument === undefined ? {} : { body: JSON.stringify(argument) };
    const answer = await fetch(`${cloud.url}/_simulator/${name}`, { method: 'POST', headers, ...body });
    return { status: answer.status, body: JSON.parse(await answer.text()) as Record<string, unknown> };
  };

  it('does over HTTP what the object does', async () => {
    const created = await post('createInstanceDirectly', { ...place, tags: { Name: 'direct' } });
    const [id] = created.body['instanceIds'] as string[];
    await post('advanceMs', 1500);
    await post('tagDirectly', { ...place, resourceIds: [id], tags: { Name: null, stage: 'test' } });

    const { instances } = cloud.simulator.snapshot(place);
    expect(instances[0]).to.deep.include({ id, state: 'running', tags: { stage: 'test' } });
    expect((await post('snapshot', place)).body['instances']).to.have.length(1);
    await post('terminateDirectly', { ...place, instanceIds: [id] });
    expect(cloud.simulator.snapshot(place).instances[0]?.state).to.equal('shutting-down');
    const { Reservations } = await cloud.ec2().describeInstances({});
    expect(Reservations?.[0]?.Instances?.[0]?.State?.Name).to.equal('shutting-down');
  });

  it('logs every call with its outcome, and counts them', async () => {
    await cloud.ec2().describeRegions({});
    await cloud
      .ec2()
      .describeInstances({ InstanceIds: ['x'] })
      .catch(() => undefined);
    await cloud
      .ec2({ ...one, secretAccessKey: 'wrong' })
      .describeRegions({})
      .catch(() => undefined);

    const { total, counts, calls } = cloud.simulator.calls();
    expect(total).to.equal(3);
    expect(counts).to.deep.equal({ 'ec2:DescribeRegions': 2, 'ec2:DescribeInstances': 1 });
    expect(
      calls.map(({ action, accountId, region, status, errorCode }) => [
        action,
        accountId,
        region,
        status,
        errorCode,
      ]),
    ).to.deep.equal([
      ['DescribeRegions', one.accountId, 'us-east-1', 200, undefined],
      ['DescribeInstances', one.accountId, 'us-east-1', 400, 'InvalidInstanceID.Malformed'],
      ['DescribeRegions', '', 'us-east-1', 401, 'AuthFailure'],
    ]);
    const overHttp = await fetch(`${cloud.url}/_simulator/calls`);
    expect(((await overHttp.json()) as { total: number }).total).to.equal(3);
  });

  it('names the parameters that it passed over', async () => {
    await cloud
      .ec2()
      .runInstances({ ImageId: await cloud.imageId(), MinCount: 1, MaxCount: 1, EbsOptimized: true });

    expect(cloud.simulator.calls().calls.at(-1)?.ignoredParameters).to.deep.equal(['EbsOptimized']);
  });

  it('puts everything back', async () => {
    cloud.simulator.createInstanceDirectly(place);
    cloud.simulator.setFaults([{ kind: 'throttle' }]);
    cloud.simulator.setClockOffsetSeconds(4000);
    cloud.simulator.deleteAccessKey(one.accessKeyId);

    await post('reset');

    expect((await cloud.ec2().describeInstances({})).Reservations).to.deep.equal([]);
    expect(cloud.simulator.calls().total).to.equal(1);
  });

  it('says what is wrong with an argument, and changes nothing', async () => {
    for (const [name, argument] of [
      ['setLagMs', -1],
      ['setLagMs', 'long'],
      ['setFaults', [{ kind: 'flood' }]],
      ['setFaults', {}],
      ['setPaging', 'wild'],
      ['snapshot', { accountId: '1', region: 'us-east-1' }],
      ['snapshot', { ...place, region: 'mars-1' }],
      ['terminateDirectly', { ...place, instanceIds: ['i-0123456789abcdef0'] }],
      ['disableAccessKey', 'nobody'],
      ['addAccessKey', { ...one }],
    ] as const) {
      const answer = await post(name, argument);
      expect(answer.status, name).to.equal(400);
      expect(answer.body['error'], name).to.be.a('string').and.not.equal('');
    }
    expect((await post('explode')).status).to.equal(404);
    expect((await post('constructor')).status).to.equal(404);
    const notJson = await fetch(`${cloud.url}/_simulator/setLagMs`, { method: 'POST', body: '{' });
    expect(notJson.status).to.equal(400);
    expect((await fetch(`${cloud.url}/_simulator/reset`)).status).to.equal(405);
  });

  it('does not listen to web pages', async () => {
    expect((await post('reset', undefined, { origin: 'https://example.com' })).status).to.equal(403);
  });
});
