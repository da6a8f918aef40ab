// The calls that read EC2.
import {
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeKeyPairsCommand,
  DescribePlacementGroupsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
  DescribeVpcsCommand,
} from '../../sdk/client-ec2.ts';
import type { DryRuns } from './dry-run.ts';
import { nobody } from './nobody.ts';

const DryRun = true;

export const reads: DryRuns = {
  DescribeInstances: (ec2, http) => ec2.send(new DescribeInstancesCommand({ DryRun, MaxResults: 5 }), http),
  DescribeVolumes: (ec2, http) => ec2.send(new DescribeVolumesCommand({ DryRun, MaxResults: 5 }), http),
  DescribeVolumesModifications: (ec2, http) =>
    ec2.send(new DescribeVolumesModificationsCommand({ DryRun, MaxResults: 5 }), http),
  DescribeAddresses: (ec2, http) => ec2.send(new DescribeAddressesCommand({ DryRun }), http),
  DescribeSecurityGroups: (ec2, http) =>
    ec2.send(new DescribeSecurityGroupsCommand({ DryRun, MaxResults: 5 }), http),
  DescribeSecurityGroupRules: (ec2, http) =>
    ec2.send(new DescribeSecurityGroupRulesCommand({ DryRun, MaxResults: 5 }), http),
  DescribeVpcs: (ec2, http) => ec2.send(new DescribeVpcsCommand({ DryRun, MaxResults: 5 }), http),
  DescribeSubnets: (ec2, http) => ec2.send(new DescribeSubnetsCommand({ DryRun, MaxResults: 5 }), http),
  DescribeKeyPairs: (ec2, http) => ec2.send(new DescribeKeyPairsCommand({ DryRun }), http),
  DescribePlacementGroups: (ec2, http) => ec2.send(new DescribePlacementGroupsCommand({ DryRun }), http),
  DescribeImages: (ec2, http) => ec2.send(new DescribeImagesCommand({ DryRun, Owners: ['self'] }), http),
  DescribeImageAttribute: (ec2, http) =>
    ec2.send(
      new DescribeImageAttributeCommand({ DryRun, ImageId: nobody.image, Attribute: 'launchPermission' }),
      http,
    ),
  DescribeSnapshots: (ec2, http) =>
    ec2.send(new DescribeSnapshotsCommand({ DryRun, MaxResults: 5, OwnerIds: ['self'] }), http),
  DescribeSnapshotAttribute: (ec2, http) =>
    ec2.send(
      new DescribeSnapshotAttributeCommand({
        DryRun,
        SnapshotId: nobody.snapshot,
        Attribute: 'createVolumePermission',
      }),
      http,
    ),
  DescribeInstanceTypes: (ec2, http) =>
    ec2.send(new DescribeInstanceTypesCommand({ DryRun, MaxResults: 5 }), http),
  DescribeInstanceTypeOfferings: (ec2, http) =>
    ec2.send(new DescribeInstanceTypeOfferingsCommand({ DryRun, MaxResults: 5 }), http),
  DescribeAvailabilityZones: (ec2, http) => ec2.send(new DescribeAvailabilityZonesCommand({ DryRun }), http),
};
