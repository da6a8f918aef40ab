import { partition } from '@aws-sdk/util-endpoints';
import { expect } from 'chai';
import { catalogue } from '../src/catalogue.ts';
import { partitionOfRegion } from '../src/partition-of-region.ts';

describe('catalogue', () => {
  it('has the partitions of the SDK', () => {
    for (const { id, dnsSuffix, dualStackDnsSuffix, implicitGlobalRegion, regions } of catalogue()
      .partitions) {
      for (const region of [...regions, implicitGlobalRegion]) {
        expect(partition(region), region).to.include({
          name: id,
          dnsSuffix,
          dualStackDnsSuffix,
          implicitGlobalRegion,
        });
      }
    }
  });

  it('reads a service', () => {
    const iam = catalogue().byId.get('iam');

    expect(iam).to.include({ displayName: 'IAM', title: 'IAM', endpointPrefix: 'iam', operationLines: '' });
    expect(iam?.protocols).to.deep.equal(['query']);
    expect(iam?.defaultHosts.get('aws')).to.equal('iam.amazonaws.com');
  });

  it('has the usual hosts of a service that has nothing but these', () => {
    expect(catalogue().byId.get('sns')?.hosts).to.deep.equal([
      'sns.R.D',
      'sns-fips.R.D',
      'sns.R.S',
      'sns-fips.R.S',
    ]);
  });
});

describe('partitionOfRegion', () => {
  const cases: [region: string, partition: string | undefined][] = [
    ['us-east-1', 'aws'],
    ['eu-nowhere-9', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['aws-global', undefined],
    ['us-east-1a', undefined],
    ['us-east-1.evil.com', undefined],
    ['us_east-1', undefined],
    ['', undefined],
  ];
  for (const [region, expected] of cases) {
    it(`puts ${JSON.stringify(region)} into ${expected ?? 'no partition'}`, () => {
      expect(partitionOfRegion(region)?.id).to.equal(expected);
    });
  }
});
