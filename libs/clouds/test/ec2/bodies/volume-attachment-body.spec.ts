import type { Volume } from '@aws-sdk/client-ec2';
import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { volumeAttachmentBodies } from '../../../src/ec2/bodies/volume-attachment-body.ts';

const volume: Volume = {
  VolumeId: 'vol-1',
  OwnerId: '123456789012',
  Attachments: [
    { VolumeId: 'vol-1', InstanceId: 'i-2', Device: '/dev/sdf', State: 'busy' },
    {
      VolumeId: 'vol-1',
      InstanceId: 'i-1',
      Device: '/dev/xvda',
      State: 'attached',
      DeleteOnTermination: true,
      AttachTime: new Date('2026-11-22T10:00:00Z'),
    },
    { VolumeId: 'vol-1', AssociatedResource: 'arn:aws:ecs:us-east-1:123456789012:task/1', State: 'attached' },
  ],
};

describe('volumeAttachmentBodies', () => {
  const bodies = volumeAttachmentBodies(volume, () => {});

  it('gives bodies that fit the contract, whose ids say what is attached to what', () => {
    for (const body of bodies) expect(bodySchemas['volume-attachment'].parse(body)).to.deep.equal(body);
    expect(bodies[0]).to.include({
      cloudId: 'vol-1:i-1',
      owner: '123456789012',
      state: 'attached',
      volumeId: 'vol-1',
      instanceId: 'i-1',
      device: '/dev/xvda',
      deleteOnTermination: true,
      attachedAt: '2026-11-22T10:00:00.000Z',
    });
  });

  it('gives one for each instance, and none for what is no instance', () => {
    expect(bodies.map(({ cloudId, state }) => [cloudId, state])).to.deep.equal([
      ['vol-1:i-1', 'attached'],
      ['vol-1:i-2', 'busy'],
    ]);
  });

  it('gives none for a volume that is attached to nothing', () => {
    expect(volumeAttachmentBodies({ VolumeId: 'vol-1' }, () => {})).to.deep.equal([]);
  });
});
