import { type CreatableType, resourceTypes } from '@cloud-gateway/contracts';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type Answer, problemOf, servedBody } from '../src/api-client.ts';
import { requestTag } from '../src/launches.ts';
import { type SharedWorld, startSharedWorld } from '../src/start-shared-world.ts';
import type { World } from '../src/start-world.ts';

describe('a create that nobody asks for any more, after its handler has died', function () {
  this.timeout(serverStartTimeoutMs);
  let world: SharedWorld;

  before(async () => {
    world = await startSharedWorld({
      processes: { poller: 0 }, // What is found is found by the handlers.
      env: {
        // Nobody works on it any more when the next handler starts: the request is too old.
        GATEWAY_EDGE_REQUEST_TIMEOUT_MS: '3s',
        GATEWAY_ADAPTER_RESOLVE_MS: '100',
        GATEWAY_ADAPTER_RESOLVE_AFTER_MS: '1s',
      },
    });
  });
  after(async () => {
    if (world) expect(await world.stop(), 'dead letters').to.equal(0);
  });

  it('is found by its tag and written down, and not made again', async () => {
    // Without a token that EC2 would know them by: one has a name that can be there once, of the other there can be any number.
    const creates = [
      { type: 'security-group', action: 'CreateSecurityGroup', body: { description: 'forsaken' } },
      { type: 'ip-address', action: 'AllocateAddress', body: {} },
    ] as const;
    world.simulator.setFaults(creates.map(({ action }) => ({ kind: 'delay', action, ms: 500, times: 1 })));
    const asked = creates.map(({ type, body }) =>
      world.api.send({
        method: 'POST',
        path: collectionPath(type),
        idempotencyKey: `forsaken-${type}`,
        body: { region: world.place.region, name: `forsaken-${type}`, ...body },
      }),
    );
    await eventually(() => world.simulator.faults().length === 0, { message: 'Both have reached the cloud' });
    const [handler] = world.running('cloud-adapter');
    handler?.signal('SIGSTOP');
    const made = await eventually(() => {
      const ids = creates.map(({ type }) => madeIn(world, `forsaken-${type}`));
      return ids.every(({ length }) => length === 1) && ids.flat();
    });
    await handler?.kill('SIGKILL');
    expect((await Promise.all(asked)).map((answer) => problemOf(answer))).to.satisfy(
      (problems: { status: number; retryable: boolean }[]) =>
        problems.every(({ status, retryable }) => status === 504 && retryable),
    );

    await world.startAnother('cloud-adapter');
    const { writeIntents } = world.store.read;
    await eventually(async () => (await writeIntents.count()) === 0, { timeoutMs: 30_000 });
    for (const [index, { type }] of creates.entries()) {
      expect(madeIn(world, `forsaken-${type}`), type).to.deep.equal([made[index]]);
      const answer = await world.api.send({
        method: 'GET',
        path: `${collectionPath(type)}/${made[index]}/history`,
      });
      expect(causesIn(answer), type).to.deep.equal(['request']);
    }
  });

  function collectionPath(type: CreatableType): string {
    return `/v1/clouds/ec2/accounts/${world.account}/${resourceTypes[type].collection}`;
  }
});

function madeIn({ simulator, place }: World, key: string): string[] {
  const { securityGroups, addresses } = simulator.snapshot(place);
  return [...securityGroups, ...addresses]
    .filter(({ tags }) => tags[requestTag]?.endsWith(`/${key}`))
    .map(({ id }) => id);
}

function causesIn(answer: Answer): string[] {
  const { items } = servedBody<{ items: { cause: { kind: string } }[] }>(answer);
  return items.map(({ cause }) => cause.kind);
}
