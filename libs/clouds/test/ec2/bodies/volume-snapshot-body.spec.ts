import type { Snapshot } from '@aws-sdk/client-ec2';
import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { volumeSnapshotBody } from '../../../src/ec2/bodies/volume-snapshot-body.ts';

const snapshot: Snapshot = {
  SnapshotId: 'snap-1',
  VolumeId: 'vol-1',
  VolumeSize: 8,
  State: 'pending',
  Progress: '45%',
  OwnerId: '123456789012',
  Description: '',
  Encrypted: true,
  KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1',
  StorageTier: 'standard',
  StartTime: new Date('2026-11-22T10:00:00Z'),
  Tags: [{ Key: 'Name', Value: 'nightly' }],
};
const onUnknownState = () => {};

describe('volumeSnapshotBody', () => {
  it('gives a body that fits the contract', () => {
    const body = volumeSnapshotBody(snapshot, { visibility: 'private', onUnknownState });

    expect(bodySchemas['volume-snapshot'].parse(body)).to.deep.equal(body);
    expect(body).to.deep.include({
      name: 'nightly',
      state: 'pending',
      owner: '123456789012',
      visibility: 'private',
      description: null,
      volumeId: 'vol-1',
      gigabytes: 8,
      progressPercent: 45,
      encrypted: true,
      createdAt: '2026-11-22T10:00:00.000Z',
      cloudAttributes: { kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1', storageTier: 'standard' },
    });
  });

  it('tells everybody of a published one nothing that is the owner’s own matter', () => {
    const body = volumeSnapshotBody(snapshot, { visibility: 'public', onUnknownState });

    expect(body).to.deep.include({ name: null, tags: {}, cloudAttributes: { storageTier: 'standard' } });
  });

  it('says null for progress that EC2 does not tell', () => {
    const { Progress: _, ...silent } = snapshot;

    expect(volumeSnapshotBody(silent, { visibility: 'shared', onUnknownState }).progressPercent).to.equal(
      null,
    );
  });
});
