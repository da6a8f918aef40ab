import { resourceCreateRoute, resourceShowRoute, resourceUpdateRoute } from '@cloud-gateway/contracts';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { expect } from 'chai';
import { resourceUpdate } from '../../src/handlers/resource-update.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const update = resourceUpdateRoute('volume');
const show = resourceShowRoute('volume');

describe('resource-update', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    client = await world.createClient();
    await world.prove(client);
  });
  after(() => world.close());

  const place = { accountId: '111111111111', region: 'us-east-1' };
  const inCloud = (cloudId: string) =>
    world.simulator.snapshot(place).volumes.find(({ id }) => id === cloudId);

  async function volume() {
    const body = { region: 'us-east-1', gigabytes: 8, datacenter: 'us-east-1a', tags: { env: 'dev' } };
    return world.change<'volume'>(resourceCreateRoute('volume'), {
      token: client.token,
      params: world.path,
      body,
      headers: { prefer: 'wait=10' },
    });
  }

  const asked = (id: string, body: object, headers: Record<string, string> = {}) => ({
    token: client.token,
    params: { ...world.path, id },
    body,
    headers,
  });

  async function etagOf(id: string): Promise<string> {
    const { headers } = await world.send(show, { token: client.token, params: { ...world.path, id } });
    return String(headers['etag']);
  }

  it('changes what is named and nothing else, in the cloud and in the store', async () => {
    const { id, cloudId } = await volume();

    const changed = await world.change<'volume'>(
      update,
      asked(id, { name: 'data', tags: { env: null, team: 'blue' } }),
    );

    expect(changed).to.include({ id, name: 'data', gigabytes: 8 });
    expect(changed.tags).to.include({ team: 'blue' }).and.not.to.have.property('env');
    expect(inCloud(cloudId)?.tags).to.deep.equal(changed.tags);
  });

  it('lets exactly one of two change what both have read', async () => {
    const { id } = await volume();
    const etag = await etagOf(id);

    const answers = await Promise.all(
      ['a', 'b'].map((name) => world.send(update, asked(id, { name }, { 'if-match': etag }))),
    );

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect(await etagOf(id)).to.equal(winner?.headers['etag']);
  });

  it('refuses what was changed beside the gateway since, and has that in the store then', async () => {
    const { id, cloudId } = await volume();
    const etag = await etagOf(id);
    world.simulator.tagDirectly({ ...place, resourceIds: [cloudId], tags: { Name: 'theirs' } });

    const problem = await world.refusal(update, asked(id, { name: 'mine' }, { 'if-match': etag }));

    expect(problem).to.include({ code: 'precondition-failed', status: 412 });
    const { name } = await world.change<'volume'>(show, {
      token: client.token,
      params: { ...world.path, id },
    });
    expect(name).to.equal('theirs');
    expect(inCloud(cloudId)?.tags).to.include({ Name: 'theirs' });
  });

  it('says that it does not know when an earlier attempt may have made the change', async () => {
    const { id } = await volume();
    const etag = await etagOf(id);
    await world.change(update, asked(id, { name: 'done' }));
    const { handle } = resourceUpdate(world.handlerDeps, 'volume');

    const repeated = repeatedRequest(
      { clientId: client.id },
      asked(id, { name: 'done' }, { 'if-match': etag }),
    )(2);
    const error = await handle(repeated).then(
      () => undefined,
      (reason: unknown) => reason,
    );

    expect(error).to.include({ code: 'outcome-unknown' });
  });

  it('changes nothing in a dry run', async () => {
    const { id, cloudId } = await volume();

    const answer = await world.ask(update, { ...asked(id, { gigabytes: 16 }), query: 'dryRun=true' });

    expect(answer).to.deep.equal({ dryRun: true, wouldSucceed: true });
    expect(inCloud(cloudId)?.sizeGiB).to.equal(8);
  });

  it('refuses an attribute that the cloud does not have, by its name', async () => {
    const { id } = await volume();

    const problem = await world.refusal(update, asked(id, { cloudAttributes: { colour: 'red' } }));

    expect(problem).to.include({ code: 'validation-failed' });
    expect(problem.errors?.[0]?.path).to.equal('body.cloudAttributes.colour');
  });
});
