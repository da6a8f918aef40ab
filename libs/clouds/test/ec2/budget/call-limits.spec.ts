import { expect } from 'chai';
import { callLimitsOf } from '../../../src/ec2/budget/call-limits.ts';

// The published sizes, in the words of the AWS page: burst and refill per second.
const published: Readonly<Record<string, [burst: number, refillPerSecond: number][]>> = {
  DescribeInstances: [[100, 20]],
  DescribeVolumesModifications: [[100, 20]],
  CreateVpc: [[50, 5]],
  CreateKeyPair: [[50, 5]],
  DeleteVolume: [[100, 5]],
  ModifySnapshotAttribute: [[100, 5]],
  CopyImage: [[100, 1]],
  CreateTags: [[100, 10]],
  RunInstances: [
    [5, 2],
    [1_000, 2],
  ],
  StartInstances: [
    [5, 2],
    [1_000, 2],
  ],
  StopInstances: [
    [50, 5],
    [1_000, 20],
  ],
  TerminateInstances: [
    [100, 5],
    [1_000, 20],
  ],
};

describe('callLimitsOf', () => {
  for (const [action, sizes] of Object.entries(published)) {
    it(`knows the buckets of ${action}`, () => {
      expect(callLimitsOf(action).map((limit) => [limit.burst, limit.refillPerSecond])).to.deep.equal(sizes);
    });
  }
});
