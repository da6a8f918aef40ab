import { paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { place, useSimulator } from '../use-simulator.ts';

describe('many instances', () => {
  const cloud = useSimulator();

  const listed = async () => {
    const found = new Map<
      string,
      { name: string | undefined; stage: string | undefined; state: string | undefined }
    >();
    for await (const { Reservations } of paginateDescribeInstances(
      { client: cloud.ec2(), pageSize: 100 },
      {},
    )) {
      for (const { InstanceId = '', State, Tags } of Reservations?.flatMap(
        ({ Instances }) => Instances ?? [],
      ) ?? []) {
        const tag = (key: string) => Tags?.find(({ Key }) => Key === key)?.Value;
        found.set(InstanceId, { name: tag('Name'), stage: tag('stage'), state: State?.Name });
      }
    }
    return found;
  };

  it('makes them, running, each with its own name, and lists each once', async () => {
    const { instanceIds } = cloud.simulator.createInstancesDirectly({ ...place, count: 300 });

    const found = await listed();

    expect(new Set(found.keys())).to.deep.equal(new Set(instanceIds));
    expect(new Set([...found.values()].map(({ name }) => name)).size).to.equal(300);
    expect(new Set([...found.values()].map(({ state }) => state))).to.deep.equal(new Set(['running']));
  });

  it('changes the share that is asked for, other ones with another seed', async () => {
    cloud.simulator.createInstancesDirectly({ ...place, count: 400, instancesPerReservation: 8 });

    const tagged = cloud.simulator.changeInstancesDirectly({
      ...place,
      share: 0.1,
      tags: { stage: 'test', Name: null },
    });
    const stopped = cloud.simulator.changeInstancesDirectly({
      ...place,
      share: 0.05,
      seed: 1,
      action: 'stop',
    });
    const found = await listed();

    const changed = [...found].filter(([, { stage, name }]) => stage === 'test' && name === undefined);
    expect(changed.map(([id]) => id))
      .to.have.members(tagged.instanceIds)
      .and.have.length(40);
    const stopping = [...found].filter(([, { state }]) => state === 'stopping');
    expect(stopping.map(([id]) => id))
      .to.have.members(stopped.instanceIds)
      .and.have.length(20);
    expect(stopped.instanceIds.some((id) => tagged.instanceIds.includes(id))).to.equal(false);
    expect(cloud.simulator.changeInstancesDirectly({ ...place, share: 0 }).instanceIds).to.deep.equal([]);
  });
});
