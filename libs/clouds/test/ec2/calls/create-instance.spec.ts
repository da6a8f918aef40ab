import { expect } from 'chai';
import { createAttributes } from '../../../src/ec2/attributes/create-attributes.ts';
import { runInstancesInput as inputOf } from '../../../src/ec2/calls/create-instance.ts';

const spec = { imageId: 'ami-1', instanceType: 't3.micro', tags: { role: 'web' }, cloudAttributes: {} };
type Spec = Parameters<typeof inputOf>[0];

const runInstancesInput = (wanted: Spec, wishOf: typeof wish) =>
  inputOf(wanted, createAttributes.instance.parse(wanted.cloudAttributes), wishOf);
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
      Placement: { AvailabilityZone: 'us-east-1b', GroupName: undefined, Tenancy: undefined },
      SubnetId: 'subnet-1',
      SecurityGroupIds: ['sg-1'],
      KeyName: 'me',
    });
  });

  it('tells the interface everything about the network when it is to have a public address, or none', () => {
    const cloudAttributes = { associatePublicAddress: false };
    const input = runInstancesInput(
      { ...spec, subnetId: 'subnet-1', securityGroupIds: ['sg-1'], cloudAttributes },
      wish,
    );

    expect(input).not.to.have.any.keys('SubnetId', 'SecurityGroupIds');
    expect(input.NetworkInterfaces?.[0]).to.include({
      AssociatePublicIpAddress: false,
      SubnetId: 'subnet-1',
    });
  });

  it('takes a profile by its name and by its ARN', () => {
    const of = (iamInstanceProfile: string) =>
      runInstancesInput({ ...spec, cloudAttributes: { iamInstanceProfile } }, wish).IamInstanceProfile;

    expect(of('web')).to.deep.equal({ Name: 'web' });
    expect(of('arn:aws:iam::1:instance-profile/web')).to.deep.equal({
      Arn: 'arn:aws:iam::1:instance-profile/web',
    });
  });
});
