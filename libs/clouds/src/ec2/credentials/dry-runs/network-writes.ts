// The calls that change networks, groups, keys and addresses, and tags.
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateKeyPairCommand,
  CreatePlacementGroupCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteKeyPairCommand,
  DeletePlacementGroupCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DeleteVpcCommand,
  DisassociateAddressCommand,
  ImportKeyPairCommand,
  ModifySecurityGroupRulesCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '../../sdk/client-ec2.ts';
import type { DryRuns } from './dry-run.ts';
import { nobody } from './nobody.ts';

const DryRun = true;
const permissions = [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, IpRanges: [{ CidrIp: '192.0.2.0/24' }] }];
const rule = { GroupId: nobody.group, SecurityGroupRuleIds: ['sgr-00000000000000000'] };
const tagged = { DryRun, Resources: [nobody.instance], Tags: [{ Key: 'cloud-gateway:check', Value: '' }] };
// A key that everybody can see is nobody's: its 32 bytes are zeros.
const publicKey = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)} ${nobody.name}`;

export const networkWrites: DryRuns = {
  CreateVpc: (ec2, http) => ec2.send(new CreateVpcCommand({ DryRun, CidrBlock: '192.0.2.0/28' }), http),
  ModifyVpcAttribute: undefined,
  DeleteVpc: (ec2, http) => ec2.send(new DeleteVpcCommand({ DryRun, VpcId: nobody.network }), http),
  CreateSubnet: (ec2, http) =>
    ec2.send(new CreateSubnetCommand({ DryRun, VpcId: nobody.network, CidrBlock: '192.0.2.0/28' }), http),
  ModifySubnetAttribute: undefined,
  DeleteSubnet: (ec2, http) => ec2.send(new DeleteSubnetCommand({ DryRun, SubnetId: nobody.subnet }), http),
  CreateSecurityGroup: (ec2, http) =>
    ec2.send(
      new CreateSecurityGroupCommand({
        DryRun,
        GroupName: nobody.name,
        Description: nobody.name,
        VpcId: nobody.network,
      }),
      http,
    ),
  DeleteSecurityGroup: (ec2, http) =>
    ec2.send(new DeleteSecurityGroupCommand({ DryRun, GroupId: nobody.group }), http),
  AuthorizeSecurityGroupIngress: (ec2, http) =>
    ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ DryRun, GroupId: nobody.group, IpPermissions: permissions }),
      http,
    ),
  AuthorizeSecurityGroupEgress: (ec2, http) =>
    ec2.send(
      new AuthorizeSecurityGroupEgressCommand({ DryRun, GroupId: nobody.group, IpPermissions: permissions }),
      http,
    ),
  RevokeSecurityGroupIngress: (ec2, http) =>
    ec2.send(new RevokeSecurityGroupIngressCommand({ DryRun, ...rule }), http),
  RevokeSecurityGroupEgress: (ec2, http) =>
    ec2.send(new RevokeSecurityGroupEgressCommand({ DryRun, ...rule }), http),
  ModifySecurityGroupRules: (ec2, http) =>
    ec2.send(
      new ModifySecurityGroupRulesCommand({
        DryRun,
        GroupId: nobody.group,
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: 'sgr-00000000000000000',
            SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIpv4: '192.0.2.0/24' },
          },
        ],
      }),
      http,
    ),
  CreateKeyPair: (ec2, http) => ec2.send(new CreateKeyPairCommand({ DryRun, KeyName: nobody.name }), http),
  ImportKeyPair: (ec2, http) =>
    ec2.send(
      new ImportKeyPairCommand({ DryRun, KeyName: nobody.name, PublicKeyMaterial: Buffer.from(publicKey) }),
      http,
    ),
  DeleteKeyPair: (ec2, http) =>
    ec2.send(new DeleteKeyPairCommand({ DryRun, KeyPairId: nobody.keyPair }), http),
  AllocateAddress: (ec2, http) => ec2.send(new AllocateAddressCommand({ DryRun, Domain: 'vpc' }), http),
  ReleaseAddress: (ec2, http) =>
    ec2.send(new ReleaseAddressCommand({ DryRun, AllocationId: nobody.address }), http),
  AssociateAddress: (ec2, http) =>
    ec2.send(
      new AssociateAddressCommand({ DryRun, AllocationId: nobody.address, InstanceId: nobody.instance }),
      http,
    ),
  DisassociateAddress: (ec2, http) =>
    ec2.send(new DisassociateAddressCommand({ DryRun, AssociationId: 'eipassoc-00000000000000000' }), http),
  CreatePlacementGroup: (ec2, http) =>
    ec2.send(new CreatePlacementGroupCommand({ DryRun, GroupName: nobody.name, Strategy: 'spread' }), http),
  DeletePlacementGroup: (ec2, http) =>
    ec2.send(new DeletePlacementGroupCommand({ DryRun, GroupName: nobody.name }), http),
  CreateTags: (ec2, http) => ec2.send(new CreateTagsCommand(tagged), http),
  DeleteTags: (ec2, http) => ec2.send(new DeleteTagsCommand(tagged), http),
};
