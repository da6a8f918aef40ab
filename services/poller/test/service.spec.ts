// The whole poller with everything real around it: database, broker, and a cloud that checks signatures.
import type { AdministrativeEvent, ResourceEvent } from '@cloud-gateway/contracts';
import { connectBroker, subscribeEvents } from '@cloud-gateway/messaging';
import { createHealth, createMetrics, createStopStack, readConfig } from '@cloud-gateway/runtime';
import { capturedLogger } from '@cloud-gateway/service-test-support';
import { type Simulator, start as startSimulator } from '@cloud-gateway/simulator';
import {
  createTestVirtualHost,
  eventually,
  newCloudUser,
  serverStartTimeoutMs,
  silentLog,
} from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { pollerConfigSchema } from '../src/config.ts';
import { type Poller, start } from '../src/service.ts';
import { createPollerFixture, type PollerFixture } from './poller-fixture.ts';

type Event = Partial<ResourceEvent> & Partial<AdministrativeEvent>;

describe('the poller service', function () {
  this.timeout(serverStartTimeoutMs);
  const region = 'us-east-1';
  const number = '123456789012';
  const place = { accountId: number, region };
  const user = newCloudUser(number, 'poller');
  const stops = createStopStack({ timeoutMs: 20_000 });
  const events: Event[] = [];
  let fixture: PollerFixture;
  let simulator: Simulator;
  let account: string;
  let startPoller: (settings?: Record<string, string>) => Promise<Poller>;

  before(async () => {
    fixture = await createPollerFixture();
    stops.add('fixture', () => fixture.close());
    simulator = await startSimulator({
      regions: [region],
      users: [user],
      roles: [],
      transitionMs: 300,
      terminatedLingerMs: 0,
    });
    stops.add('simulator', () => simulator.stop());
    const virtualHost = await createTestVirtualHost();
    stops.add('virtual host', () => virtualHost.remove());
    const connection = await connectBroker({ url: virtualHost.url, name: 'listener', log: silentLog });
    stops.add('listener', () => connection.close());
    await subscribeEvents({
      connection,
      log: silentLog,
      bindings: ['v1.#'],
      onEvent: (payload) => {
        events.push(payload as Event);
      },
    });
    startPoller = (settings = {}) => {
      const environment = {
        GATEWAY_DATABASE_URL: fixture.databaseUrl,
        GATEWAY_AMQP_URL: virtualHost.url,
        GATEWAY_MASTER_KEY: fixture.masterKey,
        GATEWAY_EC2_ENDPOINT: simulator.url,
        GATEWAY_EC2_REGIONS: region,
        GATEWAY_EC2_PAGE_SIZE: '5',
        GATEWAY_EC2_POLL_BUDGET_PERCENT: '10000',
        GATEWAY_POLLER_INTERVAL_PERCENT: '5',
        GATEWAY_POLLER_SCAN_MS: '20',
        GATEWAY_POLLER_RECONCILE_MS: '50',
        GATEWAY_POLLER_LEASE_MS: '2s',
        GATEWAY_POLLER_BACKOFF_BASE_MS: '50ms',
        GATEWAY_POLLER_CREDENTIALS_RECHECK_MS: '300ms',
        GATEWAY_POLLER_CLOCK_RECHECK_MS: '100ms',
        GATEWAY_RELAY_LEASE_MS: '2s',
        ...settings,
      };
      return start(readConfig(pollerConfigSchema, environment), {
        log: capturedLogger('poller'),
        metrics: createMetrics({ service: 'poller' }),
        health: createHealth(),
      });
    };
    const poller = await startPoller();
    stops.add('poller', () => poller.stop());
    simulator.createInstanceDirectly({ ...place, count: 12, tags: { Name: 'first' } });
    account = await fixture.prove({ number, ...user });
  });
  after(() => stops.stop());

  const eventsOf = (type: string) =>
    events.filter(({ resourceType, account: of }) => resourceType === type && of === account);
  const unit = () =>
    fixture.store.read.pollUnits.find({ cloud: 'ec2', accountId: account, region, group: 'instances' });
  const list = async () => {
    const query = { cloud: 'ec2', account, type: 'instance', limit: 1000 } as const;
    return (await fixture.store.read.resources.list(query)).items;
  };

  it('discovers an account that was just proven, and tells subscribers in order', async () => {
    await eventually(
      () => eventsOf('instance').filter(({ newState }) => newState === 'running').length === 12,
    );
    await eventually(() =>
      events.some(({ resourceType, account: of }) => resourceType === 'image' && of === 'ec2-public'),
    );

    for (const type of ['datacenter', 'instance-type', 'volume', 'volume-attachment', 'subnet']) {
      await eventually(() => eventsOf(type).length > 0, { message: `${type} was discovered` });
    }

    expect(await list()).to.have.length(12);
    const sequences = events.filter(({ account: of }) => of === account).map(({ sequence }) => sequence);
    expect(sequences).to.deep.equal(sequences.map((_, index) => index + 1));
  });

  it('tells of a new instance, every state it goes through, and its end', async () => {
    const longMs = 3_600_000;
    const told = (change: string, newState: string | null) =>
      eventually(() =>
        events.some(
          (event) => event.cloudId === id && event.change === change && event.newState === newState,
        ),
      );
    simulator.setTransitionMs(longMs);
    const [id = ''] = simulator.createInstanceDirectly(place).instanceIds;
    await fixture.store.read.pollUnits.wake({ accountId: account });
    await told('discovered', 'pending');
    simulator.advanceMs(longMs);
    await told('state', 'running');
    simulator.terminateDirectly({ ...place, instanceIds: [id] });
    await told('state', 'terminating');
    simulator.advanceMs(longMs);
    await told('deleted', null);
    simulator.setTransitionMs(300);

    const shown = await fixture.store.read.resources.find({ cloud: 'ec2', account, type: 'instance', id });
    expect(shown?.deletedAt).to.be.a('string');
  });

  it('keeps everything while the cloud throttles, and goes on after that', async () => {
    simulator.setFaults([{ kind: 'throttle', service: 'ec2' }]);
    await fixture.store.read.pollUnits.wake({ accountId: account });
    await eventually(async () => (await unit())?.lastErrorCode === 'cloud-throttled');
    const stale = await list();
    simulator.setFaults([]);
    await eventually(async () => (await unit())?.state === 'ok');

    expect(stale).to.have.length(12);
    expect(stale.every((item) => item.stale)).to.equal(true);
    expect((await list()).some((item) => item.stale)).to.equal(false);
  });

  it('says that the credentials are refused, and that they are good again', async () => {
    const said = (subject: string) => events.filter((event) => event.subject === subject).length;
    simulator.disableAccessKey(user.accessKeyId);
    await fixture.store.read.pollUnits.wake({ accountId: account });
    await eventually(async () => (await unit())?.state === 'credentials_invalid');
    await eventually(() => said('credentials.invalid') === 1);
    simulator.enableAccessKey(user.accessKeyId);
    await eventually(async () => (await unit())?.state === 'ok');
    await eventually(() => said('credentials.valid') === 1);

    expect(said('credentials.invalid')).to.equal(1);
    expect(await list()).to.have.length(12);
  });

  it('says that the clock of the cloud is out of sync, and that it is back', async () => {
    const said = (subject: string) => events.filter((event) => event.subject === subject).length;
    simulator.setClockOffsetSeconds(400);
    await fixture.store.read.pollUnits.wake({ accountId: account });
    await eventually(async () => (await unit())?.state === 'out_of_sync');
    await eventually(() => said('cloud.clock-skew') === 1);
    simulator.setClockOffsetSeconds(0);
    await eventually(async () => (await unit())?.state === 'ok');
    await eventually(() => said('cloud.clock-in-sync') === 1);

    expect(await list()).to.have.length(12);
  });

  it('goes on when one of two pollers stops', async () => {
    const second = await startPoller();
    const [id = ''] = simulator.createInstanceDirectly(place).instanceIds;
    await eventually(() => events.some(({ cloudId }) => cloudId === id));
    await second.stop();
    const [last = ''] = simulator.createInstanceDirectly(place).instanceIds;
    await eventually(() =>
      events.some(({ cloudId, newState }) => cloudId === last && newState === 'running'),
    );

    const discoveries = events.filter(({ cloudId, change }) => cloudId === id && change === 'discovered');
    expect(discoveries).to.have.length(1);
  });

  it('removes most of an account only when one listing after another says so', async () => {
    const instanceIds = (await list()).map(({ cloudId }) => cloudId);
    for (const id of instanceIds) simulator.destroyDirectly({ ...place, id });
    const held = eventually(async () => (await unit())?.heldRemovals === 14);
    await fixture.store.read.pollUnits.wake({ accountId: account });
    await held;
    const whileHeld = await list();
    await eventually(async () => (await list()).length === 0);

    expect(whileHeld).to.have.length(14);
    await eventually(() => eventsOf('instance').filter(({ change }) => change === 'deleted').length === 15);
  });

  it('drops the units of an account that is forgotten', async () => {
    await fixture.forget(account);
    await eventually(async () => (await fixture.store.read.pollUnits.list()).length === 0);
  });

  it('published every event once and in order', async () => {
    const sequences = events.filter(({ account: of }) => of === account).map(({ sequence }) => sequence);

    expect(sequences).to.deep.equal(sequences.map((_, index) => index + 1));
    expect(await fixture.store.read.sequences.current(account)).to.equal(sequences.length);
    expect(events.filter(({ account: of }) => of === 'ec2-public')).not.to.deep.equal([]);
  });
});
