import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { datacenterBody } from '../../../src/ec2/bodies/datacenter-body.ts';

describe('datacenterBody', () => {
  it('gives a body that fits the contract, with what EC2 says about the zone', () => {
    const body = datacenterBody(
      {
        ZoneName: 'us-east-1a',
        ZoneId: 'use1-az1',
        ZoneType: 'availability-zone',
        State: 'impaired',
        Messages: [{ Message: 'power' }],
      },
      () => {},
    );

    expect(bodySchemas.datacenter.parse(body)).to.deep.equal(body);
    expect(body).to.include({
      cloudId: 'us-east-1a',
      state: 'impaired',
      stateReason: 'power',
      zoneType: 'availability-zone',
    });
    expect(body.cloudAttributes).to.deep.equal({ zoneId: 'use1-az1' });
  });
});
