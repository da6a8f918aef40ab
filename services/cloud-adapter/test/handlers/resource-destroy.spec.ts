import {
  resourceCreateRoute,
  resourceDestroyRoute,
  resourceHistoryRoute,
  resourceShowRoute,
} from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { expect } from 'chai';
import { resourceDestroy } from '../../src/handlers/resource-destroy.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const destroy = resourceDestroyRoute('security-group');
const terminate = resourceDestroyRoute('instance');

describe('resource-destroy', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
  });
  after(() => world.close());
  afterEach(() => {
    world.simulator.setFaults([]);
    world.simulator.setTransitionMs(0);
  });

  const asked = (id: string, idempotencyKey = `destroy-${id}`) => ({
    token: client.token,
    params: { ...world.path, id },
    idempotencyKey,
  });

  function group(name: string) {
    return world.change<'security-group'>(resourceCreateRoute('security-group'), {
      token: client.token,
      params: world.path,
      body: { region: 'us-east-1', name, description: 'of a test' },
    });
  }

  it('answers the last document when it is gone, which is then known to be deleted by this request', async () => {
    const { id, cloudId } = await group('gone');

    const answer = await world.send(destroy, asked(id));
    const afterwards = await world.refusal(resourceShowRoute('security-group'), asked(id));
    const { items } = await world.ask(resourceHistoryRoute('security-group'), asked(id));

    expect(answer.status).to.equal(200);
    expect(JSON.parse(answer.text)).to.include({ id, cloudId });
    expect(JSON.parse(answer.text).deletedAt).to.be.a('string');
    expect(afterwards).to.include({ code: 'gone' });
    expect(items[0]).to.deep.include({ change: 'deleted' });
    expect(items[0]?.cause.kind).to.equal('request');
  });

  it('is done once although the cloud cuts the answer, and says so when it is repeated', async () => {
    const { id } = await group('cut');
    world.simulator.setFaults([{ kind: 'reset-after', action: 'DeleteSecurityGroup', times: 2 }]);

    const first = await world.send(destroy, asked(id));
    const again = first.status < 300 ? first : await world.send(destroy, asked(id));

    expect(again.status).to.equal(200);
  });

  it('answers what an earlier attempt has destroyed before it died, and refuses it to a new request', async () => {
    const { id } = await group('died');
    await world.change(destroy, asked(id, 'first'));
    const { handle } = resourceDestroy(world.handlerDeps, 'security-group');

    const repeated = await handle(repeatedRequest({ clientId: client.id }, asked(id, 'second'))(2));
    const anew = await world.refusal(destroy, asked(id, 'third'));

    expect(repeated.body).to.include({ id }).and.have.property('deletedAt').that.is.a('string');
    expect(anew).to.include({ code: 'gone' });
  });

  it('terminates an instance: 202 while the cloud is at it, and waits when that is preferred', async () => {
    world.simulator.setTransitionMs(1_500);
    const [one, two] = [await world.runningInstance(), await world.runningInstance()];

    const underWay = await world.send(terminate, asked(one.id));
    const waited = await world.send(terminate, { ...asked(two.id), headers: { prefer: 'wait=15' } });

    expect(underWay.status).to.equal(202);
    expect(JSON.parse(underWay.text).state).to.equal('terminating');
    expect(waited.status).to.equal(200);
    expect(JSON.parse(waited.text).state).to.equal('terminated');
  });
});
