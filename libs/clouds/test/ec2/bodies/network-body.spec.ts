import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { networkBody } from '../../../src/ec2/bodies/network-body.ts';

describe('networkBody', () => {
  it('gives a body that fits the contract, with the blocks that the network has', () => {
    const body = networkBody(
      {
        VpcId: 'vpc-1',
        OwnerId: '123456789012',
        State: 'available',
        CidrBlock: '10.1.0.0/16',
        IsDefault: true,
        InstanceTenancy: 'default',
        DhcpOptionsId: 'dopt-1',
        CidrBlockAssociationSet: [
          { CidrBlock: '10.3.0.0/16', CidrBlockState: { State: 'associated' } },
          { CidrBlock: '10.2.0.0/16', CidrBlockState: { State: 'disassociated' } },
          { CidrBlock: '10.1.0.0/16', CidrBlockState: { State: 'associated' } },
          { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
        ],
        Ipv6CidrBlockAssociationSet: [
          { Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } },
        ],
        Tags: [{ Key: 'Name', Value: 'main' }],
      },
      () => {},
    );

    expect(bodySchemas.network.parse(body)).to.deep.equal(body);
    expect(body).to.deep.include({
      cloudId: 'vpc-1',
      name: 'main',
      state: 'available',
      owner: '123456789012',
      isDefault: true,
      cidrBlocks: ['10.1.0.0/16', '10.0.0.0/16', '10.3.0.0/16'],
      cloudAttributes: {
        dhcpOptionsId: 'dopt-1',
        instanceTenancy: 'default',
        ipv6CidrBlocks: ['2001:db8::/56'],
      },
    });
  });
});
