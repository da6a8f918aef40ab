import { allResourceTypes } from '@cloud-gateway/contracts';
import { type LeasedUnit, publishedAccountId } from '@cloud-gateway/store';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectCompleteEvents, withoutRepetitions } from '../src/expect-events.ts';
import { type CallRecorder, type RecordedCall, recordCalls } from '../src/record-calls.ts';
import type { ServiceProcess } from '../src/service-process.ts';
import { type SharedWorld, startSharedWorld } from '../src/start-shared-world.ts';

const regions = ['us-east-1', 'us-west-2', 'eu-west-1'];

describe('two pollers', function () {
  this.timeout(serverStartTimeoutMs);
  let world: SharedWorld;
  let recorder: CallRecorder | undefined;

  before(async () => {
    world = await startSharedWorld({
      processes: { poller: 0, 'cloud-adapter': 0 },
      env: {
        GATEWAY_EC2_REGIONS: regions.join(','),
        GATEWAY_POLLER_INTERVAL_PERCENT: '2',
        GATEWAY_RELAY_BATCH: '1', // So that a relay dies somewhere between its events.
      },
    });
  });
  after(async () => {
    try {
      if (world) expect(await world.stop(), 'dead letters').to.equal(0);
    } finally {
      await recorder?.close();
    }
  });
  beforeEach(() => world.simulator.setFaults([]));

  it('share the units, and never poll one at the same time', async () => {
    recorder = recordCalls(world.simulator.url);
    const doors = ['left', 'right'];
    // Slow enough that polls would meet.
    world.simulator.setFaults([{ kind: 'delay', action: 'DescribeInstances', ms: 100 }]);
    for (const door of doors) {
      await world.startAnother('poller', { GATEWAY_EC2_ENDPOINT: await recorder.openDoor(door) });
    }
    const listings = () => (recorder?.calls() ?? []).filter(({ action }) => action === 'DescribeInstances');
    await eventually(() => unit().then(() => true), { message: 'The units are there' });
    await pollOften();
    await eventually(
      () => doors.every((door) => listings().filter((call) => call.door === door).length >= 15),
      { timeoutMs: 60_000, message: 'Both do work' },
    );
    await Promise.all(world.running('poller').map((one) => one.stop()));

    for (const region of regions) {
      const calls = listings().filter((call) => call.region === region);
      expect(calls, `listings of ${region}`).to.not.have.length(0);
      expect(calls.filter((call, index) => meets(calls[index - 1], call))).to.deep.equal([]);
    }
  });

  it('take over from each other: what a killed one was listing is listed by the other', async () => {
    await runTwo();
    const victim = await pollerInTheMiddleOfAListing();
    await victim.kill('SIGKILL');
    const { instanceIds } = world.simulator.createInstanceDirectly({ ...world.place, count: 3 });
    await expectCompleteEvents(world, instanceIds);
  });

  it('do not believe a listing that began before its poller was paused past its lease', async () => {
    await runTwo();
    const { instanceIds } = world.simulator.createInstanceDirectly({ ...world.place, count: 2 });
    const [terminatedId = '', untouchedId = ''] = instanceIds;
    await expectCompleteEvents(world, instanceIds);

    // The listing of the paused one is answered before the instance is terminated: it still shows it running.
    const calls = world.simulator.calls().total;
    const paused = await pollerInTheMiddleOfAListing();
    const { epoch } = await unit();
    paused.signal('SIGSTOP');
    await eventually(() => world.simulator.calls().total > calls);
    world.simulator.terminateDirectly({ ...world.place, instanceIds: [terminatedId] });
    await eventually(async () => (await unit()).epoch > epoch + 1, {
      timeoutMs: 20_000,
      message: 'The other one has taken over',
    });
    await world.events.until((arrived) => lastState(arrived, terminatedId) === 'terminated');

    // Nobody else writes now, and nothing may be leased: whatever is written is written by the one that wakes.
    const others = world.running('poller').filter((one) => one !== paused);
    await Promise.all(others.map((one) => one.stop()));
    const units = await leaseEveryUnit();
    const before = await everythingWritten();
    paused.signal('SIGCONT');
    await eventually(() => paused.lines.some((line) => line.includes('poll dropped')), {
      message: 'The paused one has noticed',
    });
    expect(await everythingWritten()).to.deep.equal(before);
    for (const one of units) await world.store.read.pollUnits.release(one);

    // Whatever it would have written has a place in the order before what comes now.
    const later = world.simulator.createInstanceDirectly({ ...world.place });
    const events = await expectCompleteEvents(world, [untouchedId, ...later.instanceIds]);
    const states = events.filter(({ cloudId }) => cloudId === terminatedId).map(({ newState }) => newState);
    expect(states.indexOf('terminated')).to.equal(states.length - 1);
    expect(states.filter((state) => state === 'running')).to.have.length(1);
  });

  it('relay every event in order, when the one that relays is killed in the midst of it', async () => {
    const created: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      await runTwo();
      const leader = await eventually(async () => {
        for (const one of world.running('poller')) {
          if ((await one.metric('gateway_relay_leading')) === 1) return one;
        }
        return undefined;
      });
      const relayed = () => leader.metric('gateway_relay_events_total');
      const relayedBefore = await relayed();
      created.push(...world.simulator.createInstanceDirectly({ ...world.place, count: 40 }).instanceIds);
      await eventually(async () => (await relayed()) >= relayedBefore + 3, { intervalMs: 1 });
      await leader.kill('SIGKILL');
    }
    await expectCompleteEvents(world, created);
  });

  async function runTwo(): Promise<void> {
    while (world.running('poller').length < 2) await world.startAnother('poller');
    await pollOften();
  }

  /** As after a change through the gateway: for two minutes at the shortest interval. */
  async function pollOften(): Promise<void> {
    await world.store.read.pollUnits.wake({ accountId: world.account });
  }

  const accounts = () => [world.account, publishedAccountId('ec2')];

  /** All of them become ours, as soon as their leases have run out. */
  async function leaseEveryUnit(): Promise<LeasedUnit[]> {
    const leased: LeasedUnit[] = [];
    await eventually(
      async () => {
        for (const accountId of accounts()) await world.store.read.pollUnits.wake({ accountId });
        const options = { owner: 'the test', leaseMs: 60_000, limit: 1000, clouds: ['ec2'] };
        leased.push(...(await world.store.inTransaction((tx) => tx.pollUnits.leaseDue(options))));
        return leased.length === (await allUnits()).length;
      },
      { message: 'Every unit is ours' },
    );
    return leased;
  }

  function allUnits() {
    return world.store.read.pollUnits.listFor({ accountIds: accounts(), limit: 1000 });
  }

  /** Rows with their marks and times, the counters of changes, events that wait, units. */
  async function everythingWritten() {
    const { resources, sequences, outbox } = world.store.read;
    const places = accounts().flatMap((account) =>
      regions.map((region) => ({ cloud: 'ec2', account, region })),
    );
    const rows = await Promise.all(
      places.map((place) => resources.fingerprints({ ...place, types: allResourceTypes })),
    );
    return {
      rows: rows.map((ofPlace) => [...ofPlace].sort()),
      sequences: await Promise.all(accounts().map((account) => sequences.current(account))),
      waiting: (await outbox.backlog()).count,
      units: await allUnits(),
    };
  }

  function unit() {
    return eventually(async () => {
      const name = { cloud: 'ec2', accountId: world.account, region: world.place.region, group: 'instances' };
      return (await world.store.read.pollUnits.find(name)) ?? undefined;
    });
  }

  /** The cloud has got its question and takes a second to answer. */
  async function pollerInTheMiddleOfAListing(): Promise<ServiceProcess> {
    const { region } = world.place;
    world.simulator.setFaults([{ kind: 'delay', action: 'DescribeInstances', region, ms: 1000, times: 1 }]);
    await eventually(() => world.simulator.faults().length === 0, { timeoutMs: 20_000 });
    const { owner } = await unit();
    const found = world.running('poller').find(({ pid }) => owner?.includes(`-${pid}-`));
    if (!found) throw new Error(`No poller is the owner ${owner}`);
    return found;
  }
});

/** Two listings of one unit meet when they overlap, or when one begins between the pages of another poller's. */
function meets(before: RecordedCall | undefined, call: RecordedCall): boolean {
  if (before === undefined) return false;
  return call.beganAtMs < before.endedAtMs || (call.isContinuation && call.door !== before.door);
}

function lastState(arrived: Parameters<typeof withoutRepetitions>[0], cloudId: string) {
  return withoutRepetitions(arrived)
    .filter((event) => event.cloudId === cloudId)
    .at(-1)?.newState;
}
