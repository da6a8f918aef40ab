import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { volumeBody } from '../../../src/ec2/bodies/volume-body.ts';

describe('volumeBody', () => {
  it('gives a body that fits the contract', () => {
    const body = volumeBody(
      {
        VolumeId: 'vol-1',
        Size: 8,
        VolumeType: 'gp3',
        Iops: 3000,
        Throughput: 125,
        State: 'in-use',
        AvailabilityZone: 'us-east-1a',
        SnapshotId: '',
        Encrypted: false,
        MultiAttachEnabled: false,
        CreateTime: new Date('2026-11-22T10:00:00Z'),
        Tags: [{ Key: 'Name', Value: 'data' }],
      },
      () => {},
    );

    expect(bodySchemas.volume.parse(body)).to.deep.equal(body);
    expect(body).to.deep.include({
      name: 'data',
      state: 'in_use',
      rawState: 'in-use',
      gigabytes: 8,
      volumeType: 'gp3',
      iops: 3000,
      datacenter: 'us-east-1a',
      snapshotId: null,
      encrypted: false,
      createdAt: '2026-11-22T10:00:00.000Z',
      cloudAttributes: { multiAttachEnabled: false, throughput: 125 },
    });
  });

  it('tells of a state that it does not know and goes on', () => {
    const told: unknown[] = [];
    const body = volumeBody({ VolumeId: 'vol-1', State: 'melting' as 'error' }, (...args) => told.push(args));

    expect(body).to.include({ state: 'unknown', rawState: 'melting' });
    expect(told).to.deep.equal([['volume', 'melting']]);
  });
});
