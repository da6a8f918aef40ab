import { administrativeEventSchema } from '@cloud-gateway/contracts';
import { createLogger } from '@cloud-gateway/runtime';
import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { reportClockTransition } from '../src/report-clock-transition.ts';
import { startWorld, type World } from './start-world.ts';

describe('reportClockTransition', function () {
  this.timeout(serverStartTimeoutMs);
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  it('writes one event per change, however many processes notice', async () => {
    const log = createLogger({ service: 'test', level: 'error' });
    const off = {
      cloud: 'ec2',
      endpoint: 'ec2.test:443',
      from: 'in-sync',
      to: 'out-of-sync',
      skewSeconds: 301,
      atMs: 1_000_000,
    } as const;
    const events = async () => {
      const waiting = await world.store.read.outbox.listWaiting(100);
      return waiting.map(({ payload }) => administrativeEventSchema.parse(JSON.parse(payload)));
    };
    for (const _ of [1, 2, 3]) reportClockTransition({ store: world.store, log }, off);
    await eventually(async () => (await events()).length > 0);
    reportClockTransition(
      { store: world.store, log },
      { ...off, from: 'out-of-sync', to: 'in-sync', skewSeconds: 0 },
    );
    await eventually(async () => (await events()).some(({ subject }) => subject === 'cloud.clock-in-sync'));

    const subjects = (await events()).map(({ subject, scope, details }) => ({ subject, scope, details }));

    expect(subjects).to.deep.equal([
      {
        subject: 'cloud.clock-skew',
        scope: 'gateway',
        details: { cloud: 'ec2', endpoint: 'ec2.test:443', skewSeconds: 301 },
      },
      {
        subject: 'cloud.clock-in-sync',
        scope: 'gateway',
        details: { cloud: 'ec2', endpoint: 'ec2.test:443', skewSeconds: 0 },
      },
    ]);
  });
});
