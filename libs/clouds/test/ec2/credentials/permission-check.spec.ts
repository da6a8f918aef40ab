import { expect } from 'chai';
import { permissionCheck } from '../../../src/ec2/credentials/permission-check.ts';

describe('permissionCheck', () => {
  it('sorts permissions into missing and unknown, and leaves out those that are granted', () => {
    const verdicts = new Map([
      ['ec2:RunInstances', 'missing'],
      ['ec2:DescribeImages', 'granted'],
      ['ec2:StopInstances', 'unknown'],
    ] as const);

    expect(permissionCheck(verdicts)).to.deep.equal({
      missing: ['ec2:RunInstances'],
      unknown: ['ec2:StopInstances'],
    });
  });
});
