import {
  resourceCreateRoute,
  resourceDestroyRoute,
  resourceHistoryRoute,
  resourceListRoute,
  resourceShareRoute,
  resourceSharingRoute,
  resourceShowRoute,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { imageBody } from '../image-body.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from '../start-world.ts';

const share = resourceShareRoute('image');
const sharing = resourceSharingRoute('image');
const show = resourceShowRoute('image');

describe('resource-share', () => {
  let world: World;
  let owner: TestClient;
  let other: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    world = await startWorld();
    owner = await world.createClient();
    other = await world.createClient();
    await world.prove(owner);
    await world.prove(other, world.otherPath.account);
  });
  after(() => world.close());

  const asked = (id: string, body?: object) => ({
    token: owner.token,
    params: { ...world.path, id },
    ...(body !== undefined && { body }),
  });

  async function image(name: string) {
    const { cloudId: instanceId } = await world.runningInstance();
    return world.change<'image'>(resourceCreateRoute('image'), {
      token: owner.token,
      params: world.path,
      body: { region: 'us-east-1', name, instanceId },
      headers: { prefer: 'wait=10' },
    });
  }

  it('shares with the accounts that are named, and no others', async () => {
    const { id } = await image('shared');

    const set = await world.ask(
      share,
      asked(id, { public: false, accounts: ['333333333333', '222222222222'] }),
    );
    const changed = await world.ask(share, asked(id, { public: false, accounts: ['222222222222'] }));

    expect(set).to.deep.equal({ public: false, accounts: ['222222222222', '333333333333'] });
    expect(await world.ask(sharing, asked(id))).to.deep.equal(changed);
  });

  it('moves what becomes published, with one event, and everybody can read it; and back', async () => {
    const { id, cloudId } = await image('moving');

    await world.ask(share, asked(id, { public: true, accounts: [] }));
    const published = await world.ask(show, asked(cloudId));
    const seenByOther = await world.ask(show, {
      token: other.token,
      params: { ...world.otherPath, id: cloudId },
    });
    const former = await world.refusal(show, asked(id));
    const history = await world.ask(resourceHistoryRoute('image'), asked(id));
    await world.ask(share, asked(cloudId, { public: false, accounts: [] }));
    const back = await world.ask(show, asked(cloudId));

    expect(published).to.include({ account: null, visibility: 'public' });
    expect(seenByOther).to.include({ id: published.id });
    expect(former).to.include({ code: 'gone' });
    expect(former.detail).to.include(published.href);
    expect(history.items[0]?.change).to.equal('published');
    expect(back).to.include({ id, account: world.account, visibility: 'private' });
    const { items } = await world.ask(resourceListRoute('image'), {
      token: other.token,
      params: world.otherPath,
    });
    expect(items.map((item) => item.cloudId)).not.to.include(cloudId);
  });

  it('refuses to others what only the owner may do, without asking the cloud', async () => {
    await world.seen([imageBody('ami-theirs', { owner: '111111111111', visibility: 'shared' })], {
      account: world.otherPath.account,
    });
    const before = world.simulator.calls().total;
    const byOther = { token: other.token, params: { ...world.otherPath, id: 'ami-theirs' } };

    const refusals = [
      await world.refusal(share, { ...byOther, body: { public: true, accounts: [] } }),
      await world.refusal(sharing, byOther),
      await world.refusal(resourceDestroyRoute('image'), byOther),
    ];

    expect(refusals.map(({ code }) => code)).to.deep.equal(['not-owner', 'not-owner', 'not-owner']);
    expect(refusals[0]?.detail).to.include('111111111111');
    expect(world.simulator.calls().total).to.equal(before);
  });
});
