import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { securityGroupRuleBody } from '../../../src/ec2/bodies/security-group-rule-body.ts';

const rule: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  GroupId: 'sg-1',
  GroupOwnerId: '123456789012',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 444,
  CidrIpv4: '0.0.0.0/0',
  Description: 'from everywhere',
};

describe('securityGroupRuleBody', () => {
  it('gives a body that fits the contract', () => {
    const body = securityGroupRuleBody(rule);

    expect(bodySchemas['security-group-rule'].parse(body)).to.deep.equal(body);
    expect(body).to.include({
      securityGroupId: 'sg-1',
      direction: 'ingress',
      protocol: 'tcp',
      fromPort: 443,
      toPort: 444,
      cidrBlock: '0.0.0.0/0',
      peerSecurityGroupId: null,
      description: 'from everywhere',
    });
  });

  for (const [raw, protocol] of [
    ['-1', 'all'],
    ['6', 'tcp'],
    ['58', 'icmpv6'],
    ['icmpv6', 'icmpv6'],
    ['50', '50'],
  ]) {
    it(`calls EC2's protocol ${raw} ${protocol}`, () => {
      expect(securityGroupRuleBody({ ...rule, IpProtocol: raw }).protocol).to.equal(protocol);
    });
  }

  it('says null for all ports, and keeps port 0', () => {
    expect(securityGroupRuleBody({ ...rule, FromPort: -1, ToPort: -1 })).to.include({
      fromPort: null,
      toPort: null,
    });
    expect(securityGroupRuleBody({ ...rule, FromPort: 0 }).fromPort).to.equal(0);
  });

  it('knows another group, and a list of prefixes, as the other side', () => {
    const byGroup = securityGroupRuleBody({
      SecurityGroupRuleId: 'sgr-2',
      GroupId: 'sg-1',
      IsEgress: true,
      IpProtocol: '-1',
      ReferencedGroupInfo: { GroupId: 'sg-2', UserId: '210987654321' },
      PrefixListId: 'pl-1',
    });

    expect(byGroup).to.deep.include({
      direction: 'egress',
      cidrBlock: null,
      peerSecurityGroupId: 'sg-2',
      cloudAttributes: { peerAccountId: '210987654321', prefixListId: 'pl-1' },
    });
  });
});
