import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { securityGroupBody } from '../../../src/ec2/bodies/security-group-body.ts';

describe('securityGroupBody', () => {
  it("gives a body that fits the contract, by the group's own name", () => {
    const body = securityGroupBody({
      GroupId: 'sg-1',
      GroupName: 'web',
      Description: 'for the web',
      VpcId: 'vpc-1',
      OwnerId: '123456789012',
      Tags: [{ Key: 'Name', Value: 'another' }],
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80 }],
    });

    expect(bodySchemas['security-group'].parse(body)).to.deep.equal(body);
    expect(body).to.deep.include({
      name: 'web',
      state: 'present',
      description: 'for the web',
      networkId: 'vpc-1',
      tags: { Name: 'another' },
    });
  });
});
