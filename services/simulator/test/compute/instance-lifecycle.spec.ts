import { expect } from 'chai';
import type { Instance, InstanceState } from '../../src/compute/instance.ts';
import {
  settleInstance,
  startInstance,
  stopInstance,
  terminateInstance,
} from '../../src/compute/instance-lifecycle.ts';

// Only what the state machine reads; the rest is carried along.
const instance = (state: InstanceState, dueAtMs?: number) =>
  ({ id: 'i', state, dueAtMs, publicIp: 'old' }) as Instance;
const times = { nowMs: 1000, transitionMs: 100 };

describe('settleInstance', () => {
  for (const [from, dueAtMs, nowMs, to] of [
    ['pending', 100, 99, 'pending'],
    ['pending', 100, 100, 'running'],
    ['stopping', 100, 99, 'stopping'],
    ['stopping', 100, 100, 'stopped'],
    ['shutting-down', 100, 99, 'shutting-down'],
    ['shutting-down', 100, 100, 'terminated'],
    ['shutting-down', 100, 1099, 'terminated'],
    ['shutting-down', 100, 1100, undefined],
    ['terminated', 100, 99, 'terminated'],
    ['terminated', 100, 100, undefined],
    ['running', undefined, 1e12, 'running'],
    ['stopped', undefined, 1e12, 'stopped'],
  ] as const) {
    it(`takes ${from} due at ${dueAtMs} to ${to ?? 'nothing'} at ${nowMs}`, () => {
      expect(settleInstance(instance(from, dueAtMs), nowMs, 1000)?.state).to.equal(to);
    });
  }
});

describe('the steps', () => {
  const table: Record<InstanceState, [start: string, stop: string, terminate: string]> = {
    pending: ['same', 'refused', 'shutting-down'],
    running: ['same', 'stopping', 'shutting-down'],
    stopping: ['refused', 'same', 'shutting-down'],
    stopped: ['pending', 'same', 'shutting-down'],
    'shutting-down': ['refused', 'refused', 'same'],
    terminated: ['refused', 'refused', 'same'],
  };
  const outcome = (before: Instance, after: Instance | undefined) =>
    after === undefined ? 'refused' : after === before ? 'same' : after.state;

  for (const [state, expected] of Object.entries(table)) {
    it(`from ${state}: start ${expected[0]}, stop ${expected[1]}, terminate ${expected[2]}`, () => {
      const before = instance(state as InstanceState, 5000);
      const start = startInstance(before, 'new', times);
      const stop = stopInstance(before, false, times);

      expect([
        outcome(before, start.ok ? start.instance : undefined),
        outcome(before, stop.ok ? stop.instance : undefined),
        outcome(before, terminateInstance(before, times)),
      ]).to.deep.equal(expected);
    });
  }

  it('takes the time that is set when it begins', () => {
    expect(terminateInstance(instance('running'), times).dueAtMs).to.equal(1100);
  });
});
