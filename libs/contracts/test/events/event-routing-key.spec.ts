import { expect } from 'chai';
import {
  administrativeEventRoutingKey,
  resourceEventRoutingKey,
} from '../../src/events/event-routing-key.ts';

describe('resourceEventRoutingKey', () => {
  it('has seven words, the state last', () => {
    const key = resourceEventRoutingKey({
      cloud: 'ec2',
      account: 'ec2-123456789012',
      region: 'us-east-1',
      resourceType: 'instance',
      change: 'state',
      newState: 'running',
    });

    expect(key).to.equal('v1.ec2.ec2-123456789012.us-east-1.instance.state.running');
  });

  it('keeps seven words when a region has dots in it or there is no state', () => {
    const key = resourceEventRoutingKey({
      cloud: 'openstack',
      account: 'openstack-1',
      region: 'Region.One',
      resourceType: 'image',
      change: 'deleted',
      newState: null,
    });

    expect(key).to.equal('v1.openstack.openstack-1.region-one.image.deleted.none');
  });
});

describe('administrativeEventRoutingKey', () => {
  it('has the same seven words', () => {
    expect(administrativeEventRoutingKey({ subject: 'token.revoked', scope: 'org_1' })).to.equal(
      'v1.gateway.org_1.global.token.revoked.none',
    );
  });
});
