import { expect } from 'chai';
import { toHostPattern } from '../../src/generate/to-host-pattern.ts';

describe('toHostPattern', () => {
  const partitions = [
    {
      id: 'aws',
      regionRegex: '^us\\-\\w+\\-\\d+$',
      regions: { 'us-east-1': {} },
      outputs: {
        dnsSuffix: 'amazonaws.com',
        dualStackDnsSuffix: 'api.aws',
        implicitGlobalRegion: 'us-east-1',
      },
    },
  ];
  const cases: [url: string, pattern: string | undefined][] = [
    ['https://ec2.{Region}.{PartitionResult#dnsSuffix}', 'ec2.R.D'],
    ['https://ec2-fips.{Region}.{PartitionResult#dualStackDnsSuffix}', 'ec2-fips.R.S'],
    ['https://maps.geo.{Region}.{PartitionResult#dnsSuffix}/v2', 'maps.geo.R.D'],
    ['https://ec2.us-east-1.amazonaws.com', 'ec2.R.D'],
    ['https://ec2.us-east-1.api.aws', 'ec2.R.S'],
    ['https://iam.amazonaws.com', 'iam.amazonaws.com'],
    ['https://iam.us-gov.amazonaws.com', 'iam.us-gov.amazonaws.com'],
    ['https://x.us-east-1.{PartitionResult#dnsSuffix}', 'x.R.D'],
    ['https://x.{PartitionResult#implicitGlobalRegion}.{PartitionResult#dnsSuffix}', 'x.R.D'],
    ['https://{AccountId}.ddb.{Region}.{PartitionResult#dnsSuffix}', 'A.ddb.R.D'],
    ['https://{parsedArn#accountId}.kvs.global.api.aws', 'A.kvs.global.api.aws'],
    ['https://s3-outposts.{bucketArn#region}.{arnPartition#dnsSuffix}', 's3-outposts.R.D'],
    ['{Region}.queue.{Partition#dnsSuffix}', 'R.queue.D'],
    ['https://{EndpointId}.events.{PartitionResult#dnsSuffix}', undefined],
    ['https://{Region}.signin.aws.amazon.com', undefined],
    ['{url#scheme}://{url#authority}{url#path}', undefined],
    ['http://localhost:8000', undefined],
  ];
  for (const [url, pattern] of cases) {
    it(`makes ${pattern ?? 'nothing'} of ${url}`, () => {
      expect(toHostPattern(url, partitions)).to.equal(pattern);
    });
  }
});
