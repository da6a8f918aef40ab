import { resourceListRoute } from '@cloud-gateway/contracts';
import { createLogger } from '@cloud-gateway/runtime';
import { repeatedRequest } from '@cloud-gateway/service-test-support';
import { expect } from 'chai';
import { resourceCreate } from '../src/handlers/resource-create.ts';
import { type ResolverDeps, resolveIntents } from '../src/resolve-intents.ts';
import { startWorld, type TestClient, type World, worldTimeoutMs } from './start-world.ts';

const place = { accountId: '111111111111', region: 'us-east-1' };

describe('resolveIntents', () => {
  let world: World;
  let client: TestClient;

  before(async function () {
    this.timeout(worldTimeoutMs);
    // The service's own resolver keeps out of the way.
    world = await startWorld({ GATEWAY_ADAPTER_RESOLVE_AFTER_MS: '1h' });
    client = await world.createClient();
    await world.prove(client);
  });
  after(() => world.close());

  /** A create that died at this point. */
  async function broken(key: string, died: 'before the send' | 'after the send'): Promise<string> {
    const requestId = `${client.id}/${key}`;
    const intent = await world.store.read.writeIntents.begin(
      {
        clientId: client.id,
        key,
        cloud: 'ec2',
        accountId: world.account,
        region: place.region,
        type: 'security-group',
        requestId,
        credentialClientId: client.id,
        specHash: 'any',
      },
      { owner: 'dead', leaseMs: 60_000 },
    );
    if (intent === null) throw new Error('the intent is taken');
    if (died === 'after the send') await world.store.read.writeIntents.markSent(intent);
    await world.store.read.writeIntents.release(intent);
    return requestId;
  }

  const resolve = (changes: Partial<ResolverDeps> = {}) =>
    resolveIntents(
      {
        ...world.handlerDeps,
        log: createLogger({ service: 'test', level: 'error' }),
        owner: 'resolver',
        pauseMs: 1,
        idleMs: 0,
        believedAfterMs: 60_000,
        ...changes,
      },
      new AbortController().signal,
    );
  const intents = () => world.store.read.writeIntents.count();
  async function groups(): Promise<(string | null)[]> {
    const asked = { token: client.token, params: world.path };
    const { items } = await world.ask(resourceListRoute('security-group'), asked);
    return items.map(({ name }) => name);
  }

  it('writes down what was made, as made by that request, and makes nothing itself', async () => {
    const requestId = await broken('lost', 'after the send');
    world.simulator.callDirectly({
      ...place,
      action: 'CreateSecurityGroup',
      parameters: {
        GroupName: 'lost',
        GroupDescription: 'of a test',
        'TagSpecification.1.ResourceType': 'security-group',
        'TagSpecification.1.Tag.1.Key': 'cloud-gateway:request',
        'TagSpecification.1.Tag.1.Value': requestId,
      },
    });

    await resolve();

    expect(await groups()).to.include('lost');
    expect(await intents()).to.equal(0);
    // The client comes back after all.
    const { handle } = resourceCreate(world.handlerDeps, 'security-group');
    const body = {
      region: place.region,
      name: 'lost',
      description: 'of a test',
      tags: {},
      cloudAttributes: {},
    };
    const repeated = repeatedRequest(
      { clientId: client.id },
      { params: world.path, body, idempotencyKey: 'lost' },
    )(2);
    expect((await handle(repeated)).body).to.include({ name: 'lost' });
    expect((await groups()).filter((name) => name === 'lost')).to.have.length(1);
  });

  it('waits for what the cloud may not show yet, and believes it after a while', async () => {
    await broken('slow', 'after the send');

    await resolve();
    const early = await intents();
    await resolve({ believedAfterMs: 0 });

    expect(early).to.equal(1);
    expect(await intents()).to.equal(0);
    expect(await groups()).not.to.include('slow');
  });

  it('drops what was never sent without asking the cloud', async () => {
    await broken('unsent', 'before the send');
    const before = world.simulator.calls().total;

    await resolve();

    expect(await intents()).to.equal(0);
    expect(world.simulator.calls().total).to.equal(before);
  });

  it('leaves alone what somebody works on', async () => {
    await broken('busy', 'after the send');
    const taken = await world.store.inTransaction((tx) =>
      tx.writeIntents.leaseForsaken({
        owner: 'other',
        leaseMs: 60_000,
        limit: 10,
        clouds: ['ec2'],
        idleMs: 0,
      }),
    );

    await resolve({ believedAfterMs: 0 });

    expect(taken).to.have.length(1);
    expect(await intents()).to.equal(1);
  });
});
