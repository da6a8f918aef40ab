import { bodySchemas, type ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { ec2PollGroups } from '../../src/ec2/poll-groups.ts';
import { answerEc2 } from '../ec2-answers.ts';
import { type FakeAwsServer, startFakeAwsServer } from '../fake-aws-server.ts';
import { credentials, testCloud } from '../test-cloud.ts';

const owners = { publishedImageOwners: ['amazon'], publishedSnapshotOwners: ['amazon'] };
const groups = ec2PollGroups(owners);

describe('ec2PollGroups', () => {
  let aws: FakeAwsServer;
  before(async () => {
    aws = await startFakeAwsServer();
    aws.answer = answerEc2;
  });
  beforeEach(() => aws.calls.splice(0));
  after(() => aws.close());

  async function list(group: string): Promise<ResourceBody[]> {
    const { cloud } = testCloud(aws.url, owners);
    const place = { region: 'us-east-1', cloudAccountId: '123456789012', purpose: 'poll' } as const;
    const items: ResourceBody[] = [];
    try {
      for await (const page of cloud.open(credentials, place).list(group, AbortSignal.timeout(5_000))) {
        items.push(...page.items);
      }
    } finally {
      cloud.close();
    }
    return items;
  }

  for (const { name, types } of groups) {
    it(`lists ${name} as the contract wants it: ${types.join(', ')}`, async () => {
      const items = await list(name);

      expect(new Set(items.map(({ type }) => type))).to.deep.equal(new Set(types));
      for (const item of items) expect(bodySchemas[item.type].parse(item)).to.deep.equal(item);
    });
  }

  it('asks for pages wherever EC2 pages, which draws from the larger bucket', async () => {
    const unpaged = new Set([
      'DescribeAddresses',
      'DescribeAvailabilityZones',
      'DescribeKeyPairs',
      'DescribePlacementGroups',
    ]);
    for (const { name } of groups) await list(name);

    const actions = aws.calls.filter((call) => !call.has('MaxResults')).map((call) => call.get('Action'));
    expect(new Set(actions)).to.deep.equal(unpaged);
  });

  it('says in which datacenters an instance type is to be had', async () => {
    const [type] = await list('instance-types');

    expect(type?.cloudAttributes).to.deep.equal({ datacenters: ['us-east-1a', 'us-east-1b'] });
  });

  it('has every type in one listing of the account', () => {
    const types = groups.filter(({ scope }) => scope === 'account').flatMap((group) => [...group.types]);

    expect(types.sort()).to.deep.equal(Object.keys(bodySchemas).sort());
  });

  it('never looks more often than the floor or less often than the ceiling', () => {
    for (const { intervalMs } of groups) {
      expect(intervalMs.floor).to.be.at.most(intervalMs.normal);
      expect(intervalMs.normal).to.be.at.most(intervalMs.ceiling);
    }
  });

  it('leaves out what is published where the operator chose nobody', () => {
    const account = ec2PollGroups({ publishedImageOwners: [], publishedSnapshotOwners: [] });

    expect(account.filter(({ scope }) => scope === 'published')).to.deep.equal([]);
  });
});
