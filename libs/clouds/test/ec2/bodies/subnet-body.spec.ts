import type { Subnet } from '@aws-sdk/client-ec2';
import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { subnetBody } from '../../../src/ec2/bodies/subnet-body.ts';

const subnet: Subnet = {
  SubnetId: 'subnet-1',
  VpcId: 'vpc-1',
  State: 'unavailable',
  CidrBlock: '10.0.1.0/24',
  AvailabilityZone: 'us-east-1a',
  AvailableIpAddressCount: 250,
  DefaultForAz: false,
  MapPublicIpOnLaunch: true,
};

describe('subnetBody', () => {
  it('gives a body that fits the contract', () => {
    const body = subnetBody(subnet, () => {});

    expect(bodySchemas.subnet.parse(body)).to.deep.equal(body);
    expect(body).to.deep.include({
      networkId: 'vpc-1',
      state: 'down',
      rawState: 'unavailable',
      datacenter: 'us-east-1a',
      cidrBlocks: ['10.0.1.0/24'],
      isDefault: false,
      assignsPublicAddress: true,
    });
  });

  it('stays the same when an address of it is taken', () => {
    expect(subnetBody({ ...subnet, AvailableIpAddressCount: 249 }, () => {})).to.deep.equal(
      subnetBody(subnet, () => {}),
    );
  });
});
