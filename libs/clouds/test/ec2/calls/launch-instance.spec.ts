import { expect } from 'chai';
import { runInstancesInput } from '../../../src/ec2/calls/launch-instance.ts';

const spec = { imageId: 'ami-1', instanceType: 't3.micro', tags: { role: 'web' } };
const wish = { idempotencyToken: 'client-1/key-1', requestId: 'req-1' };

describe('runInstancesInput', () => {
  it('asks for exactly one instance', () => {
    expect(runInstancesInput(spec, wish)).to.include({ MinCount: 1, MaxCount: 1 });
  });

  it('derives the same client token of 64 ASCII characters from the same wish, another one from another', () => {
    const token = runInstancesInput(spec, wish).ClientToken;

    expect(token).to.match(/^[0-9a-f]{64}$/);
    expect(runInstancesInput(spec, wish).ClientToken).to.equal(token);
    expect(runInstancesInput(spec, { ...wish, idempotencyToken: 'client-2/key-1' }).ClientToken).not.to.equal(
      token,
    );
  });

  it('tags the instance with its name and with the request, which no tag of the caller replaces', () => {
    const input = runInstancesInput(
      { ...spec, name: 'web-1', tags: { 'cloud-gateway:request': 'mine', role: 'web' } },
      wish,
    );

    expect(input.TagSpecifications).to.deep.equal([
      {
        ResourceType: 'instance',
        Tags: [
          { Key: 'cloud-gateway:request', Value: 'req-1' },
          { Key: 'role', Value: 'web' },
          { Key: 'Name', Value: 'web-1' },
        ],
      },
    ]);
  });

  it('encodes the user data and leaves out what is not asked for', () => {
    const input = runInstancesInput({ ...spec, userData: '#!/bin/sh\necho grüß' }, wish);

    expect(Buffer.from(input.UserData ?? '', 'base64').toString('utf8')).to.equal('#!/bin/sh\necho grüß');
    expect(input).not.to.have.any.keys('SubnetId', 'KeyName', 'SecurityGroupIds', 'Placement');
  });

  it('names the datacenter, the subnet, the groups and the key', () => {
    const input = runInstancesInput(
      {
        ...spec,
        datacenter: 'us-east-1b',
        subnetId: 'subnet-1',
        securityGroupIds: ['sg-1'],
        sshKeyName: 'me',
      },
      wish,
    );

    expect(input).to.deep.include({
      Placement: { AvailabilityZone: 'us-east-1b' },
      SubnetId: 'subnet-1',
      SecurityGroupIds: ['sg-1'],
      KeyName: 'me',
    });
  });
});
