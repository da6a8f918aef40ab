// The actions of EC2 on networks, key pairs, addresses and placement groups.
import type { Action } from '../action.ts';
import { allocateAddress } from '../handlers/allocate-address.ts';
import { associateAddress } from '../handlers/associate-address.ts';
import { authorizeSecurityGroupEgress } from '../handlers/authorize-security-group-egress.ts';
import { authorizeSecurityGroupIngress } from '../handlers/authorize-security-group-ingress.ts';
import { createKeyPair } from '../handlers/create-key-pair.ts';
import { createPlacementGroup } from '../handlers/create-placement-group.ts';
import { createSecurityGroup } from '../handlers/create-security-group.ts';
import { createSubnet } from '../handlers/create-subnet.ts';
import { createVpc } from '../handlers/create-vpc.ts';
import { deleteKeyPair } from '../handlers/delete-key-pair.ts';
import { deletePlacementGroup } from '../handlers/delete-placement-group.ts';
import { deleteSecurityGroup } from '../handlers/delete-security-group.ts';
import { deleteSubnet } from '../handlers/delete-subnet.ts';
import { deleteVpc } from '../handlers/delete-vpc.ts';
import { describeAddresses } from '../handlers/describe-addresses.ts';
import { describeKeyPairs } from '../handlers/describe-key-pairs.ts';
import { describePlacementGroups } from '../handlers/describe-placement-groups.ts';
import { describeSecurityGroupRules } from '../handlers/describe-security-group-rules.ts';
import { describeSecurityGroups } from '../handlers/describe-security-groups.ts';
import { describeSubnets } from '../handlers/describe-subnets.ts';
import { describeVpcAttribute } from '../handlers/describe-vpc-attribute.ts';
import { describeVpcs } from '../handlers/describe-vpcs.ts';
import { disassociateAddress } from '../handlers/disassociate-address.ts';
import { importKeyPair } from '../handlers/import-key-pair.ts';
import { modifySecurityGroupRules } from '../handlers/modify-security-group-rules.ts';
import { modifySubnetAttribute } from '../handlers/modify-subnet-attribute.ts';
import { modifyVpcAttribute } from '../handlers/modify-vpc-attribute.ts';
import { releaseAddress } from '../handlers/release-address.ts';
import { revokeSecurityGroupEgress } from '../handlers/revoke-security-group-egress.ts';
import { revokeSecurityGroupIngress } from '../handlers/revoke-security-group-ingress.ts';

export const networkActions: readonly Action[] = [
  allocateAddress,
  associateAddress,
  authorizeSecurityGroupEgress,
  authorizeSecurityGroupIngress,
  createKeyPair,
  createPlacementGroup,
  createSecurityGroup,
  createSubnet,
  createVpc,
  deleteKeyPair,
  deletePlacementGroup,
  deleteSecurityGroup,
  deleteSubnet,
  deleteVpc,
  describeAddresses,
  describeKeyPairs,
  describePlacementGroups,
  describeSecurityGroupRules,
  describeSecurityGroups,
  describeSubnets,
  describeVpcAttribute,
  describeVpcs,
  disassociateAddress,
  importKeyPair,
  modifySecurityGroupRules,
  modifySubnetAttribute,
  modifyVpcAttribute,
  releaseAddress,
  revokeSecurityGroupEgress,
  revokeSecurityGroupIngress,
];
