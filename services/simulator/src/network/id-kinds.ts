// How the ids of networking look, and what EC2 says of those that are not right.
//   https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
import type { IdKind } from '../compute/find-by-ids.ts';

export const idKinds = {
  vpc: { prefix: 'vpc', name: 'vpc', malformed: 'InvalidVpcID.Malformed', notFound: 'InvalidVpcID.NotFound' },
  subnet: {
    prefix: 'subnet',
    name: 'subnet',
    malformed: 'InvalidSubnetID.Malformed',
    notFound: 'InvalidSubnetID.NotFound',
  },
  securityGroup: {
    prefix: 'sg',
    name: 'security group',
    malformed: 'InvalidGroupId.Malformed',
    notFound: 'InvalidGroup.NotFound',
  },
  securityGroupRule: {
    prefix: 'sgr',
    name: 'security group rule',
    malformed: 'InvalidSecurityGroupRuleId.Malformed',
    notFound: 'InvalidSecurityGroupRuleId.NotFound',
  },
  keyPair: {
    prefix: 'key',
    name: 'key pair',
    malformed: 'InvalidKeyPair.NotFound',
    notFound: 'InvalidKeyPair.NotFound',
  },
  address: {
    prefix: 'eipalloc',
    name: 'allocation',
    malformed: 'InvalidAllocationID.Malformed',
    notFound: 'InvalidAllocationID.NotFound',
  },
  placementGroup: {
    prefix: 'pg',
    name: 'placement group',
    malformed: 'InvalidPlacementGroupId.Malformed',
    notFound: 'InvalidPlacementGroup.Unknown',
  },
} as const satisfies Record<string, IdKind>;
