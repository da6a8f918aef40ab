import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { ipAddressBody } from '../../../src/ec2/bodies/ip-address-body.ts';

describe('ipAddressBody', () => {
  it('gives a body that fits the contract', () => {
    const body = ipAddressBody({
      AllocationId: 'eipalloc-1',
      PublicIp: '54.0.0.1',
      Domain: 'vpc',
      AssociationId: 'eipassoc-1',
      InstanceId: 'i-1',
      NetworkInterfaceId: 'eni-1',
      PrivateIpAddress: '10.0.0.9',
      Tags: [{ Key: 'Name', Value: 'front' }],
    });

    expect(bodySchemas['ip-address'].parse(body)).to.deep.equal(body);
    expect(body).to.include({
      cloudId: 'eipalloc-1',
      name: 'front',
      state: 'in_use',
      rawState: null,
      address: '54.0.0.1',
      instanceId: 'i-1',
      privateAddress: '10.0.0.9',
    });
  });

  it('is available when it is bound to nothing', () => {
    const free = { AllocationId: 'eipalloc-1', PublicIp: '54.0.0.1', InstanceId: '' };

    expect(ipAddressBody(free)).to.include({ state: 'available', instanceId: null });
  });

  it('is in use on a network interface without an instance', () => {
    expect(ipAddressBody({ AllocationId: 'eipalloc-1', NetworkInterfaceId: 'eni-1' }).state).to.equal(
      'in_use',
    );
  });
});
