import type { Instance } from '@aws-sdk/client-ec2';
import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { instanceBody } from '../../../src/ec2/bodies/instance-body.ts';

const instance: Instance = {
  InstanceId: 'i-1',
  ImageId: 'ami-1',
  InstanceType: 't3.micro',
  State: { Name: 'running', Code: 16 },
  StateTransitionReason: '',
  Placement: { AvailabilityZone: 'us-east-1a', Tenancy: 'default' },
  PrivateIpAddress: '10.0.0.9',
  PublicIpAddress: '54.0.0.9',
  PrivateDnsName: 'ip-10-0-0-9.ec2.internal',
  PublicDnsName: '',
  SecurityGroups: [{ GroupId: 'sg-2' }, { GroupId: 'sg-1' }],
  LaunchTime: new Date('2026-11-22T10:00:00Z'),
  UsageOperationUpdateTime: new Date('2026-11-22T11:00:00Z'),
  NetworkInterfaces: [
    { NetworkInterfaceId: 'eni-2', PrivateIpAddress: '10.0.0.5', Attachment: { DeviceIndex: 1 } },
    {
      NetworkInterfaceId: 'eni-1',
      PrivateIpAddress: '10.0.0.9',
      Association: { PublicIp: '54.0.0.9' },
      Attachment: { DeviceIndex: 0, AttachTime: new Date('2026-11-01T00:00:00Z') },
      Ipv6Addresses: [{ Ipv6Address: '2001:db8::1' }],
    },
  ],
  BlockDeviceMappings: [
    { DeviceName: '/dev/sdb', Ebs: { VolumeId: 'vol-2' } },
    { DeviceName: '/dev/sda1', Ebs: { VolumeId: 'vol-1', DeleteOnTermination: true } },
  ],
  Tags: [
    { Key: 'role', Value: 'web' },
    { Key: 'Name', Value: 'web-1' },
  ],
};
const reservation = { ReservationId: 'r-1', OwnerId: '123456789012' };
const body = instanceBody(instance, reservation, () => {});

describe('instanceBody', () => {
  it('gives a body that fits the contract', () => {
    expect(bodySchemas.instance.parse(body)).to.deep.equal(body);
  });

  it('takes the name from the tag Name and the owner from the reservation', () => {
    expect(body).to.include({ name: 'web-1', owner: '123456789012', visibility: 'private' });
  });

  it('puts the main address first and sorts the others', () => {
    expect(body.privateAddresses).to.deep.equal(['10.0.0.9', '10.0.0.5']);
    expect(body.publicAddresses).to.deep.equal(['54.0.0.9']);
  });

  it('tells no time of creation, because EC2 does not; the last start is another matter', () => {
    expect(body).to.include({
      createdAt: null,
      launchedAt: '2026-11-22T10:00:00.000Z',
    });
  });

  it('gives the same body in whatever order EC2 lists things', () => {
    const shuffled: Instance = {
      ...instance,
      SecurityGroups: [...(instance.SecurityGroups ?? [])].reverse(),
      NetworkInterfaces: [...(instance.NetworkInterfaces ?? [])].reverse(),
      BlockDeviceMappings: [...(instance.BlockDeviceMappings ?? [])].reverse(),
      Tags: [...(instance.Tags ?? [])].reverse(),
    };

    expect(JSON.stringify(instanceBody(shuffled, reservation, () => {}))).to.equal(JSON.stringify(body));
  });

  it('keeps what only EC2 has, without what changes by itself', () => {
    expect(body.cloudAttributes).to.deep.equal({
      reservationId: 'r-1',
      blockDevices: [
        { deviceName: '/dev/sda1', volumeId: 'vol-1', deleteOnTermination: true },
        { deviceName: '/dev/sdb', volumeId: 'vol-2' },
      ],
      ipv6Addresses: ['2001:db8::1'],
      networkInterfaceIds: ['eni-1', 'eni-2'],
      placement: { tenancy: 'default' },
    });
  });

  it('says null for empty texts and for what EC2 does not say', () => {
    expect(body).to.include({ publicDnsName: null, sshKeyName: null, stateReason: null, networkId: null });
  });

  it('tells of a state that it does not know and goes on', () => {
    const told: unknown[] = [];
    const odd = instanceBody(
      { ...instance, State: { Name: 'dreaming' as 'running' } },
      reservation,
      (...args) => told.push(args),
    );

    expect(odd).to.include({ state: 'unknown', rawState: 'dreaming' });
    expect(told).to.deep.equal([['instance', 'dreaming']]);
  });
});
