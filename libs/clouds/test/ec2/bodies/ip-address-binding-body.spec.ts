import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { ipAddressBindingBody } from '../../../src/ec2/bodies/ip-address-binding-body.ts';

const address = { AllocationId: 'eipalloc-1', PublicIp: '54.0.0.1', PrivateIpAddress: '10.0.0.9' };

describe('ipAddressBindingBody', () => {
  it('gives a body that fits the contract, whose id says what is bound to what', () => {
    const body = ipAddressBindingBody({ ...address, AssociationId: 'eipassoc-1', InstanceId: 'i-1' });

    expect(bodySchemas['ip-address-binding'].parse(body)).to.deep.equal(body);
    expect(body).to.deep.include({
      cloudId: 'eipalloc-1:i-1',
      ipAddressId: 'eipalloc-1',
      address: '54.0.0.1',
      instanceId: 'i-1',
      privateAddress: '10.0.0.9',
      cloudAttributes: { associationId: 'eipassoc-1' },
    });
  });

  it('names the network interface where there is no instance', () => {
    expect(ipAddressBindingBody({ ...address, NetworkInterfaceId: 'eni-1' })).to.include({
      cloudId: 'eipalloc-1:eni-1',
      instanceId: null,
    });
  });

  it('is nothing for an address that is bound to nothing', () => {
    expect(ipAddressBindingBody({ ...address, InstanceId: '' })).to.equal(null);
  });
});
