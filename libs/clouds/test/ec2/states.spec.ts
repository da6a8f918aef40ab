import { resourceTypes } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import {
  datacenterStates,
  imageStates,
  instanceStates,
  normalisedState,
  transitionalStates,
} from '../../src/ec2/states.ts';

const cases = [
  ['instance', instanceStates, 'pending', 'pending'],
  ['instance', instanceStates, 'running', 'running'],
  ['instance', instanceStates, 'shutting-down', 'terminating'],
  ['instance', instanceStates, 'terminated', 'terminated'],
  ['instance', instanceStates, 'stopping', 'stopping'],
  ['instance', instanceStates, 'stopped', 'stopped'],
  ['image', imageStates, 'pending', 'pending'],
  ['image', imageStates, 'transient', 'pending'],
  ['image', imageStates, 'available', 'available'],
  ['image', imageStates, 'disabled', 'disabled'],
  ['image', imageStates, 'deregistered', 'deleted'],
  ['image', imageStates, 'invalid', 'error'],
  ['image', imageStates, 'failed', 'error'],
  ['image', imageStates, 'error', 'error'],
  ['datacenter', datacenterStates, 'available', 'available'],
  ['datacenter', datacenterStates, 'information', 'available'],
  ['datacenter', datacenterStates, 'impaired', 'impaired'],
  ['datacenter', datacenterStates, 'constrained', 'impaired'],
  ['datacenter', datacenterStates, 'unavailable', 'unavailable'],
] as const;

describe('states', () => {
  for (const [type, table, raw, normalised] of cases) {
    it(`calls an ${type} that is ${raw} at EC2 ${normalised}`, () => {
      expect(normalisedState<string>(table, raw, () => {})).to.equal(normalised);
      expect(resourceTypes[type].states as readonly string[]).to.include(normalised);
    });
  }

  for (const raw of ['hibernating', 'toString', '__proto__']) {
    it(`calls ${raw}, which no table has, unknown and tells`, () => {
      const told: string[] = [];

      expect(normalisedState(instanceStates, raw, (state) => told.push(state))).to.equal('unknown');
      expect(told).to.deep.equal([raw]);
    });
  }

  it('holds pending, stopping and terminating for transitional, running and stopped not', () => {
    expect(['pending', 'stopping', 'terminating'].every((state) => transitionalStates.has(state))).to.equal(
      true,
    );
    expect(['running', 'stopped', 'terminated', 'unknown'].some((s) => transitionalStates.has(s))).to.equal(
      false,
    );
  });
});
