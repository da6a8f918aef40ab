import type { IpPermission } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { expectAwsError, place, useSimulator } from '../use-simulator.ts';

describe('security groups', () => {
  const cloud = useSimulator();

  const create = async (GroupName: string, VpcId?: string) => {
    const { GroupId = '' } = await cloud
      .ec2()
      .createSecurityGroup({ GroupName, Description: 'A group', ...(VpcId && { VpcId }) });
    return GroupId;
  };
  const rulesOf = async (id: string) => {
    const { SecurityGroupRules = [] } = await cloud
      .ec2()
      .describeSecurityGroupRules({ Filters: [{ Name: 'group-id', Values: [id] }] });
    return SecurityGroupRules;
  };
  const ssh = (CidrIp: string): IpPermission => ({
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    IpRanges: [{ CidrIp }],
  });

  it('are made with a rule that lets everything out, and deleted with their rules', async () => {
    const ec2 = cloud.ec2();
    const made = await ec2.createSecurityGroup({
      GroupName: 'db',
      Description: 'Databases',
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'a', Value: '1' }] }],
    });
    const GroupId = made.GroupId ?? '';
    expect(GroupId).to.match(/^sg-[0-9a-f]{17}$/);
    expect(made.Tags).to.deep.equal([{ Key: 'a', Value: '1' }]);

    const [rule] = await rulesOf(GroupId);
    expect(rule).to.include({ IsEgress: true, IpProtocol: '-1', FromPort: -1, CidrIpv4: '0.0.0.0/0' });
    expect(rule?.SecurityGroupRuleId).to.match(/^sgr-[0-9a-f]{17}$/);
    const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
    expect(SecurityGroups?.[0]).to.deep.include({
      GroupName: 'db',
      Description: 'Databases',
      IpPermissions: [],
      Tags: [{ Key: 'a', Value: '1' }],
    });
    expect(SecurityGroups?.[0]?.IpPermissionsEgress).to.deep.equal([
      {
        IpProtocol: '-1',
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ]);

    expect(await ec2.deleteSecurityGroup({ GroupId })).to.include({ Return: true, GroupId });
    expect(await rulesOf(GroupId)).to.deep.equal([]);
    await expectAwsError(ec2.deleteSecurityGroup({ GroupId }), 'InvalidGroup.NotFound', 400);
  });

  it('have names that are unique in their VPC, whatever the case', async () => {
    const { Vpc } = await cloud.ec2().createVpc({ CidrBlock: '10.0.0.0/16' });
    await create('db');

    await create('db', Vpc?.VpcId);
    await expectAwsError(create('DB'), 'InvalidGroup.Duplicate', 400);
    await expectAwsError(create('default'), 'InvalidParameterValue', 400);
    await expectAwsError(create('sg-mine'), 'InvalidParameterValue', 400);
    const { SecurityGroups } = await cloud.ec2().describeSecurityGroups({ GroupNames: ['db'] });
    expect(SecurityGroups).to.have.length(1);
    expect(SecurityGroups?.[0]?.VpcId).not.to.equal(Vpc?.VpcId);
  });

  it('cannot be deleted while an instance or another group needs them, nor when they are the default', async () => {
    const ec2 = cloud.ec2();
    const [used, referenced, other] = [
      await create('used'),
      await create('referenced'),
      await create('other'),
    ];
    const { Instances } = await ec2.runInstances({
      ImageId: await cloud.imageId(),
      MinCount: 1,
      MaxCount: 1,
      SecurityGroupIds: [used],
    });
    await ec2.authorizeSecurityGroupIngress({
      GroupId: other,
      IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: referenced }] }],
    });

    await expectAwsError(ec2.deleteSecurityGroup({ GroupId: used }), 'DependencyViolation', 400);
    await expectAwsError(ec2.deleteSecurityGroup({ GroupId: referenced }), 'DependencyViolation', 400);
    await expectAwsError(ec2.deleteSecurityGroup({ GroupName: 'default' }), 'CannotDelete', 400);

    await ec2.terminateInstances({ InstanceIds: [Instances?.[0]?.InstanceId ?? ''] });
    cloud.simulator.advanceMs(1500);
    await ec2.deleteSecurityGroup({ GroupId: used });
    await ec2.deleteSecurityGroup({ GroupId: other });
    await ec2.deleteSecurityGroup({ GroupId: referenced });
  });

  it('get rules with ids and tags, which show as permissions as well', async () => {
    const ec2 = cloud.ec2();
    const GroupId = await create('web-servers');

    const { SecurityGroupRules } = await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [
        {
          IpProtocol: '6',
          FromPort: 80,
          ToPort: 80,
          IpRanges: [{ CidrIp: '10.0.0.9/8', Description: 'inside' }, { CidrIp: '192.0.2.0/24' }],
          Ipv6Ranges: [{ CidrIpv6: '2001:DB8::/32' }],
          UserIdGroupPairs: [{ GroupId }],
        },
      ],
      TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'by', Value: 'me' }] }],
    });

    expect(SecurityGroupRules).to.have.length(4);
    const inside = SecurityGroupRules?.find(({ CidrIpv4 }) => CidrIpv4 === '10.0.0.0/8');
    expect(inside).to.deep.include({
      GroupId,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 80,
      Description: 'inside',
      Tags: [{ Key: 'by', Value: 'me' }],
    });
    expect(
      SecurityGroupRules?.find((rule) => rule.ReferencedGroupInfo)?.ReferencedGroupInfo?.GroupId,
    ).to.equal(GroupId);
    const { SecurityGroups } = await ec2.describeSecurityGroups({
      Filters: [{ Name: 'ip-permission.cidr', Values: ['192.0.2.0/24'] }],
    });
    expect(SecurityGroups?.map((group) => group.GroupId)).to.deep.equal([GroupId]);
    expect(SecurityGroups?.[0]?.IpPermissions).to.have.length(1);
    expect(SecurityGroups?.[0]?.IpPermissions?.[0]).to.include({
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
    });
    expect(SecurityGroups?.[0]?.IpPermissions?.[0]?.IpRanges).to.have.deep.members([
      { CidrIp: '10.0.0.0/8', Description: 'inside' },
      { CidrIp: '192.0.2.0/24' },
    ]);
  });

  it('take all rules of a call or none, and refuse those they have', async () => {
    const ec2 = cloud.ec2();
    const GroupId = await create('db');
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ssh('10.0.0.0/8')] });

    await expectAwsError(
      ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ssh('192.0.2.0/24'), ssh('10.0.0.0/8')] }),
      'InvalidPermission.Duplicate',
      400,
    );
    await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: [ssh('10.0.0.0/8')] });
    for (const wrong of [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 },
      { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 21, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { IpProtocol: 'morse', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ssh('everywhere'),
    ]) {
      const refused = ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [wrong] });
      expect((await refused.catch((err: Error) => err.name)) as string).to.match(
        /^(?:InvalidParameterValue|MissingParameter)$/,
      );
    }
    expect(await rulesOf(GroupId)).to.have.length(3);
  });

  it('lose rules by id or by what they say', async () => {
    const ec2 = cloud.ec2();
    const GroupId = await create('db');
    const { SecurityGroupRules } = await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [ssh('10.0.0.0/8'), ssh('192.0.2.0/24')],
    });
    const first =
      SecurityGroupRules?.find(({ CidrIpv4 }) => CidrIpv4 === '10.0.0.0/8')?.SecurityGroupRuleId ?? '';

    const byId = await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [first] });
    expect(byId.RevokedSecurityGroupRules?.map((rule) => rule.SecurityGroupRuleId)).to.deep.equal([first]);
    await expectAwsError(
      ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [first] }),
      'InvalidSecurityGroupRuleId.NotFound',
      400,
    );
    const byContent = await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [ssh('192.0.2.0/24')] });
    expect(byContent.RevokedSecurityGroupRules).to.have.length(1);
    // In a default VPC what is not there is named, and no error; in others it is one.
    const nothing = await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [ssh('192.0.2.0/24')] });
    expect(nothing.UnknownIpPermissions?.[0]?.FromPort).to.equal(22);
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    await expectAwsError(
      ec2.revokeSecurityGroupIngress({
        GroupId: await create('db', Vpc?.VpcId),
        IpPermissions: [ssh('192.0.2.0/24')],
      }),
      'InvalidPermission.NotFound',
      400,
    );
    const [egress] = await rulesOf(GroupId);
    await ec2.revokeSecurityGroupEgress({
      GroupId,
      SecurityGroupRuleIds: [egress?.SecurityGroupRuleId ?? ''],
    });
    expect(await rulesOf(GroupId)).to.deep.equal([]);
  });

  it('change rules under their ids', async () => {
    const ec2 = cloud.ec2();
    const GroupId = await create('db');
    const { SecurityGroupRules = [] } = await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [ssh('10.0.0.0/8'), ssh('192.0.2.0/24')],
    });
    const [a, b] = SecurityGroupRules.map((rule) => rule.SecurityGroupRuleId);
    const change = (id: string | undefined, CidrIpv4: string) =>
      ec2.modifySecurityGroupRules({
        GroupId,
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: id,
            SecurityGroupRule: {
              IpProtocol: 'tcp',
              FromPort: 443,
              ToPort: 443,
              CidrIpv4,
              Description: 'new',
            },
          },
        ],
      });

    await change(a, '198.51.100.0/24');
    await change(a, '198.51.100.0/24');
    await expectAwsError(change(b, '198.51.100.0/24'), 'InvalidPermission.Duplicate', 400);

    const { SecurityGroupRules: after } = await ec2.describeSecurityGroupRules({
      SecurityGroupRuleIds: [a ?? ''],
    });
    expect(after?.[0]).to.include({ FromPort: 443, CidrIpv4: '198.51.100.0/24', Description: 'new' });
  });

  it('lag and lose their tags on order, as instances do', async () => {
    const GroupId = await create('young');
    await cloud.ec2().createTags({ Resources: [GroupId], Tags: [{ Key: 'a', Value: '1' }] });
    cloud.simulator.setLagMs(1000);
    await expectAwsError(
      cloud.ec2().describeSecurityGroups({ GroupIds: [GroupId] }),
      'InvalidGroup.NotFound',
      400,
    );

    cloud.simulator.advanceMs(1000);
    cloud.simulator.setFaults([{ kind: 'no-tags', action: 'DescribeSecurityGroups', times: 1 }]);
    const bare = await cloud.ec2().describeSecurityGroups({ GroupIds: [GroupId] });
    const whole = await cloud.ec2().describeSecurityGroups({ GroupIds: [GroupId] });
    expect([bare, whole].map(({ SecurityGroups }) => SecurityGroups?.[0]?.Tags?.length ?? 0)).to.deep.equal([
      0, 1,
    ]);
    expect(cloud.simulator.snapshot(place).securityGroups).to.have.length(3);
  });
});
