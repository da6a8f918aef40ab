// What the gateway needs to be allowed, in AWS's own names. One row per call that calls/ and listings/ make, with a dry
// run of it: EC2 then checks the permission and does nothing.
import {
  CreateTagsCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  type EC2Client,
  RebootInstancesCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';

interface NeededPermission {
  readonly name: string;
  readonly dryRun: (ec2: EC2Client, http: { readonly abortSignal: AbortSignal }) => Promise<unknown>;
}

// Ids in the right form that nothing has: with them no dry run could do harm even if it were none.
const noInstance = { DryRun: true, InstanceIds: ['i-00000000000000000'] };
const noImage = 'ami-00000000000000000';

export const neededPermissions: readonly NeededPermission[] = [
  {
    name: 'ec2:DescribeInstances',
    dryRun: (ec2, http) => ec2.send(new DescribeInstancesCommand({ DryRun: true, MaxResults: 5 }), http),
  },
  {
    name: 'ec2:DescribeImages',
    dryRun: (ec2, http) => ec2.send(new DescribeImagesCommand({ DryRun: true, Owners: ['self'] }), http),
  },
  {
    name: 'ec2:DescribeInstanceTypes',
    dryRun: (ec2, http) => ec2.send(new DescribeInstanceTypesCommand({ DryRun: true, MaxResults: 5 }), http),
  },
  {
    name: 'ec2:DescribeAvailabilityZones',
    dryRun: (ec2, http) => ec2.send(new DescribeAvailabilityZonesCommand({ DryRun: true }), http),
  },
  {
    name: 'ec2:RunInstances',
    dryRun: (ec2, http) =>
      ec2.send(
        new RunInstancesCommand({
          DryRun: true,
          ImageId: noImage,
          InstanceType: 't3.micro',
          MinCount: 1,
          MaxCount: 1,
        }),
        http,
      ),
  },
  {
    name: 'ec2:CreateTags',
    dryRun: (ec2, http) =>
      ec2.send(
        new CreateTagsCommand({
          DryRun: true,
          Resources: noInstance.InstanceIds,
          Tags: [{ Key: 'cloud-gateway:check', Value: '' }],
        }),
        http,
      ),
  },
  {
    name: 'ec2:StartInstances',
    dryRun: (ec2, http) => ec2.send(new StartInstancesCommand(noInstance), http),
  },
  {
    name: 'ec2:StopInstances',
    dryRun: (ec2, http) => ec2.send(new StopInstancesCommand(noInstance), http),
  },
  {
    name: 'ec2:RebootInstances',
    dryRun: (ec2, http) => ec2.send(new RebootInstancesCommand(noInstance), http),
  },
  {
    name: 'ec2:TerminateInstances',
    dryRun: (ec2, http) => ec2.send(new TerminateInstancesCommand(noInstance), http),
  },
];
