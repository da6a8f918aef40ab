import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { placementGroupBody } from '../../../src/ec2/bodies/placement-group-body.ts';

describe('placementGroupBody', () => {
  it('gives a body that fits the contract, under the id of the group', () => {
    const body = placementGroupBody(
      { GroupId: 'pg-1', GroupName: 'apart', State: 'available', Strategy: 'partition', PartitionCount: 3 },
      () => {},
    );

    expect(bodySchemas['placement-group'].parse(body)).to.deep.equal(body);
    expect(body).to.include({ cloudId: 'pg-1', name: 'apart', strategy: 'partition', partitionCount: 3 });
  });
});
