import { expect } from 'chai';
import { wantedUnits } from '../src/wanted-units.ts';
import { createFakeCloud, instancesGroup, publishedGroup } from './fake-cloud.ts';

describe('wantedUnits', () => {
  const cloud = createFakeCloud({ regions: ['r1', 'r2'], pollGroups: [instancesGroup, publishedGroup] });
  const names = (accounts: { id: string; cloud: string }[], clouds = [cloud]) =>
    wantedUnits(accounts, clouds).map(({ accountId, region, group }) => `${accountId} ${region} ${group}`);

  it('wants every listing of every account in every region, and what is published once', () => {
    const accounts = [
      { id: 'ec2-1', cloud: 'ec2' },
      { id: 'ec2-2', cloud: 'ec2' },
    ];

    expect(names(accounts)).to.deep.equal([
      'ec2-1 r1 instances',
      'ec2-1 r2 instances',
      'ec2-2 r1 instances',
      'ec2-2 r2 instances',
      'ec2-public r1 published-images',
      'ec2-public r2 published-images',
    ]);
  });

  it('wants nothing of a cloud in which nobody has proven an account', () => {
    expect(names([])).to.deep.equal([]);
  });

  it('leaves out accounts of clouds that are not served here', () => {
    expect(names([{ id: 'other-1', cloud: 'other' }])).to.deep.equal([]);
  });
});
