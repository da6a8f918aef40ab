import type { ResourceBody, UpdatableType } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Cloud } from '../../../src/cloud.ts';
import { answerEc2 } from '../../ec2-answers.ts';
import { ec2Answer, ec2Refusal, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, patientCloud, place, rejection } from '../../test-cloud.ts';

const idOf: Readonly<Record<UpdatableType, string>> = {
  image: 'ami-1',
  instance: 'i-1',
  network: 'vpc-1',
  subnet: 'subnet-1',
  'security-group': 'sg-1',
  'security-group-rule': 'sgr-1',
  'ssh-key': 'key-1',
  'ip-address': 'eipalloc-1',
  volume: 'vol-1',
  'volume-snapshot': 'snap-1',
  'placement-group': 'pg-1',
};

describe('updates', () => {
  let aws: FakeAwsServer;
  let cloud: Cloud;
  before(async () => {
    aws = await startFakeAwsServer();
    cloud = patientCloud(aws.url);
  });
  beforeEach(() => {
    // Nothing is public here.
    aws.answer = (call, response) => answerEc2(call, response, call.has('RestorableBy.1') ? '' : undefined);
    aws.calls.splice(0);
  });
  after(async () => {
    cloud.close();
    await aws.close();
  });

  async function update(type: UpdatableType, patch: object, options: object = {}) {
    const signal = AbortSignal.timeout(60_000);
    const session = cloud.open(credentials, place);
    const known = (await session.look(type, [idOf[type]], signal))[0] as ResourceBody;
    aws.calls.splice(0);
    const target = { cloudId: idOf[type], known };
    const whole = { signal, dryRun: false, mayHaveBeenSent: false, ...options };
    return session.update(type, target, patch as never, whole);
  }

  const writes = () =>
    aws.calls
      .map((call) => Object.fromEntries(call))
      .filter(({ Action = '' }) => !Action.startsWith('Describe'));

  for (const type of Object.keys(idOf) as UpdatableType[]) {
    it(`sets and removes tags of ${type}, and tells them at once`, async () => {
      const { resource } = await update(type, { tags: { a: '1', Name: null } });

      expect(resource?.tags).to.deep.equal({ a: '1' });
      expect(writes()).to.deep.include.members([
        {
          Action: 'CreateTags',
          Version: '2016-11-15',
          'ResourceId.1': idOf[type],
          'Tag.1.Key': 'a',
          'Tag.1.Value': '1',
        },
        { Action: 'DeleteTags', Version: '2016-11-15', 'ResourceId.1': idOf[type], 'Tag.1.Key': 'Name' },
      ]);
    });
  }

  for (const type of ['image', 'security-group', 'ssh-key', 'placement-group'] as const) {
    it(`says that EC2 cannot rename ${type}`, async () => {
      const error = await rejection(update(type, { name: 'other' }));

      expect(error).to.include({ code: 'not-supported' });
      expect(error.message).to.include('rename');
      expect(writes()).to.deep.equal([]);
    });
  }

  it('says that the description of a security group is fixed', async () => {
    const error = await rejection(update('security-group', { description: 'other' }));

    expect(error).to.include({ code: 'not-supported' });
    expect(error.message).to.include('description');
  });

  it('refuses to touch the tag that leads to the request', async () => {
    expect(await rejection(update('volume', { tags: { 'cloud-gateway:request': 'mine' } }))).to.include({
      code: 'validation-failed',
    });
  });

  it('names a volume by its tag', async () => {
    expect((await update('volume', { name: 'data' })).resource).to.deep.include({
      name: 'data',
      tags: { Name: 'data' },
    });
  });

  it('sends each attribute of an instance in a call of its own', async () => {
    const { resource } = await update('instance', {
      instanceType: 't3.large',
      securityGroupIds: ['sg-2', 'sg-1'],
      cloudAttributes: { ebsOptimized: true, monitoring: 'enabled' },
    });

    expect(resource).to.deep.include({ instanceType: 't3.large', securityGroupIds: ['sg-1', 'sg-2'] });
    expect(writes().map(({ Action }) => Action)).to.deep.equal([
      'ModifyInstanceAttribute',
      'ModifyInstanceAttribute',
      'ModifyInstanceAttribute',
      'MonitorInstances',
    ]);
  });

  it('sends the whole rule, changed or not, and gives a new block the place of a peer', async () => {
    const { resource } = await update('security-group-rule', { toPort: 444, description: 'web' });

    expect(writes()).to.deep.equal([
      {
        Action: 'ModifySecurityGroupRules',
        Version: '2016-11-15',
        GroupId: 'sg-1',
        'SecurityGroupRule.1.SecurityGroupRuleId': 'sgr-1',
        'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': 'tcp',
        'SecurityGroupRule.1.SecurityGroupRule.FromPort': '443',
        'SecurityGroupRule.1.SecurityGroupRule.ToPort': '444',
        'SecurityGroupRule.1.SecurityGroupRule.CidrIpv4': '0.0.0.0/0',
        'SecurityGroupRule.1.SecurityGroupRule.Description': 'web',
      },
    ]);
    expect(resource).to.include({ toPort: 444, description: 'web', cidrBlock: '0.0.0.0/0' });
    expect((await update('security-group-rule', { peerSecurityGroupId: 'sg-2' })).resource).to.include({
      cidrBlock: null,
      peerSecurityGroupId: 'sg-2',
    });
  });

  it('tells a volume that EC2 is changing as updating', async () => {
    aws.answer = (call, response) =>
      call.get('Action') === 'DescribeVolumesModifications'
        ? response.end(ec2Answer('DescribeVolumesModifications', modification(20)))
        : answerEc2(call, response);

    expect((await update('volume', { gigabytes: 20 })).resource).to.include({ state: 'updating' });
  });

  it('takes a change under way that leads to the wish for the wish, and another one for what it is', async () => {
    aws.answer = (call, response) => {
      const action = call.get('Action');
      if (action === 'ModifyVolume') {
        return response.writeHead(400).end(ec2Refusal('IncorrectModificationState', 'Under way.'));
      }
      if (action === 'DescribeVolumesModifications') {
        return response.end(ec2Answer(action, modification(20)));
      }
      return answerEc2(call, response);
    };

    expect((await update('volume', { gigabytes: 20 })).resource).to.include({ cloudId: 'vol-1' });
    expect(await rejection(update('volume', { gigabytes: 30 }))).to.include({ code: 'cloud-conflict' });
  });

  it('asks for each step in a dry run and says where EC2 cannot be asked', async () => {
    aws.answer = (call, response) =>
      call.get('DryRun') === 'true'
        ? response.writeHead(412).end(ec2Refusal('DryRunOperation', 'It would.'))
        : answerEc2(call, response);

    const change = await update('volume', { gigabytes: 20, name: 'data' }, { dryRun: true });
    const asked = writes().map(({ Action, DryRun }) => [Action, DryRun]);
    const error = await rejection(update('subnet', { assignsPublicAddress: true }, { dryRun: true }));

    expect(change.resource).to.equal(null);
    expect(asked).to.deep.equal([
      ['ModifyVolume', 'true'],
      ['CreateTags', 'true'],
    ]);
    expect(error).to.include({ code: 'not-supported' });
    expect(writes()).to.deep.equal([]);
  });
});

function modification(gigabytes: number): string {
  return `<volumeModificationSet><item><volumeId>vol-1</volumeId><modificationState>modifying</modificationState>
    <targetSize>${gigabytes}</targetSize></item></volumeModificationSet>`;
}
