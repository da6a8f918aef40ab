import { expect } from 'chai';
import type { InstanceState } from '../../../src/compute/instance.ts';
import { type Volume, volumeState } from '../../../src/compute/storage/volume.ts';
import {
  settleVolume,
  startAttachment,
  startDetachment,
  startModification,
} from '../../../src/compute/storage/volume-lifecycle.ts';

const times = { nowMs: 1000, transitionMs: 100 };

const fresh: Volume = {
  id: 'vol-0123456789abcdef0',
  accountId: '123456789012',
  region: 'us-east-1',
  zone: 'us-east-1a',
  sizeGiB: 8,
  type: 'gp2',
  iops: 100,
  throughput: undefined,
  multiAttach: true,
  encrypted: false,
  snapshotId: undefined,
  createdAtMs: 0,
  phase: 'ready',
  dueAtMs: undefined,
  attachments: [],
  modification: undefined,
  tags: new Map(),
};

describe('a volume in time', () => {
  const settle = (volume: Volume, nowMs: number, states: Record<string, InstanceState> = { i: 'running' }) =>
    settleVolume(volume, nowMs, (id) => states[id]);

  it('stays the same object when time has done nothing to it', () => {
    const attached = settle(startAttachment(fresh, { instanceId: 'i', device: '/dev/sdf' }, times), 1100);

    expect(settle(fresh, 5000)).to.equal(fresh);
    expect(attached && settle(attached, 5000)).to.equal(attached);
  });

  it('attaches and detaches when it is due, and not before', () => {
    const attaching = startAttachment(fresh, { instanceId: 'i', device: '/dev/sdf' }, times);
    expect(settle(attaching, 1099)?.attachments[0]?.state).to.equal('attaching');
    const attached = settle(attaching, 1100);
    expect(attached?.attachments[0]?.state).to.equal('attached');

    const detaching = startDetachment(attaching, 'i', false, { ...times, nowMs: 2000 });
    expect(settle(detaching, 2099)?.attachments[0]?.state).to.equal('detaching');
    expect(settle(detaching, 2100)?.attachments).to.deep.equal([]);
  });

  it('goes with its instance, or is left by it, whichever way that ended', () => {
    const data = startAttachment(fresh, { instanceId: 'i', device: '/dev/sdf' }, times);
    const wanted = { instanceId: 'i', device: '/dev/xvda', deleteOnTermination: true };
    const root = startAttachment(fresh, wanted, times);

    expect(settle(root, 1200, { i: 'shutting-down' })?.attachments).to.have.length(1);
    expect(settle(root, 1200, { i: 'terminated' })).to.equal(undefined);
    expect(settle(root, 1200, {})).to.equal(undefined);
    const left = settle(data, 1200, {});
    expect(left && volumeState(left)).to.equal('available');
  });

  it('is left by one instance and stays with the other', () => {
    const both = ['i', 'j'].reduce(
      (volume, instanceId) => startAttachment(volume, { instanceId, device: '/dev/sdf' }, times),
      fresh,
    );

    const left = settle(both, 1200, { i: 'terminated', j: 'running' });
    expect(left?.attachments.map(({ instanceId }) => instanceId)).to.deep.equal(['j']);
  });

  it('has its new shape from the moment in which it is optimized', () => {
    const target = { sizeGiB: 20, type: 'gp3', iops: 3000, throughput: 125, multiAttach: false } as const;
    const modifying = startModification(fresh, target, times);

    expect(settle(modifying, 1099)?.sizeGiB).to.equal(8);
    expect(settle(modifying, 1100)).to.deep.include(target);
  });
});
