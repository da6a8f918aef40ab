import { type ResourceType, resourceTypes } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import {
  datacenterStates,
  imageStates,
  instanceStates,
  isTransitional,
  networkStates,
  normalisedState,
  placementGroupStates,
  subnetStates,
  volumeAttachmentStates,
  volumeSnapshotStates,
  volumeStates,
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
  ['network', networkStates, 'pending', 'pending'],
  ['network', networkStates, 'deleting', 'deleting'],
  ['subnet', subnetStates, 'unavailable', 'down'],
  ['subnet', subnetStates, 'failed', 'error'],
  ['subnet', subnetStates, 'failed-insufficient-capacity', 'error'],
  ['volume', volumeStates, 'creating', 'creating'],
  ['volume', volumeStates, 'in-use', 'in_use'],
  ['volume', volumeStates, 'deleted', 'deleted'],
  ['volume-attachment', volumeAttachmentStates, 'busy', 'busy'],
  ['volume-attachment', volumeAttachmentStates, 'detached', 'detached'],
  ['volume-snapshot', volumeSnapshotStates, 'completed', 'available'],
  ['volume-snapshot', volumeSnapshotStates, 'recovering', 'recoverable'],
  ['placement-group', placementGroupStates, 'deleted', 'deleted'],
] as const;

describe('states', () => {
  for (const [type, table, raw, normalised] of cases) {
    it(`calls ${resourceTypes[type].one} that is ${raw} at EC2 ${normalised}`, () => {
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

  const moving: [ResourceType, string][] = [
    ['instance', 'pending'],
    ['instance', 'stopping'],
    ['instance', 'terminating'],
    ['image', 'pending'],
    ['volume', 'creating'],
    ['volume', 'deleting'],
    ['volume-attachment', 'attaching'],
    ['volume-attachment', 'busy'],
    ['volume-snapshot', 'pending'],
  ];
  const still: [ResourceType, string][] = [
    ['instance', 'running'],
    ['instance', 'stopped'],
    ['instance', 'terminated'],
    ['instance', 'unknown'],
    ['volume', 'in_use'],
    ['volume-snapshot', 'recoverable'],
    ['security-group', 'present'],
  ];

  it('knows what will change by itself', () => {
    const told = [...moving, ...still].filter(([type, state]) => isTransitional({ type, state }));

    expect(told).to.deep.equal(moving);
  });
});
