// The calls that change instances, volumes, snapshots and images.
import {
  AttachVolumeCommand,
  CopyImageCommand,
  CopySnapshotCommand,
  CreateImageCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DeregisterImageCommand,
  DetachVolumeCommand,
  ModifyImageAttributeCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceCreditSpecificationCommand,
  ModifyInstanceMetadataOptionsCommand,
  ModifySnapshotAttributeCommand,
  ModifyVolumeCommand,
  MonitorInstancesCommand,
  RebootInstancesCommand,
  RegisterImageCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  UnmonitorInstancesCommand,
} from '../../sdk/client-ec2.ts';
import type { DryRuns } from './dry-run.ts';
import { nobody } from './nobody.ts';

const DryRun = true;
const zone = 'us-east-1a';
const instances = { DryRun, InstanceIds: [nobody.instance] };

export const computeWrites: DryRuns = {
  RunInstances: (ec2, http) =>
    ec2.send(
      new RunInstancesCommand({
        DryRun,
        ImageId: nobody.image,
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
      }),
      http,
    ),
  StartInstances: (ec2, http) => ec2.send(new StartInstancesCommand(instances), http),
  StopInstances: (ec2, http) => ec2.send(new StopInstancesCommand(instances), http),
  RebootInstances: (ec2, http) => ec2.send(new RebootInstancesCommand(instances), http),
  TerminateInstances: (ec2, http) => ec2.send(new TerminateInstancesCommand(instances), http),
  MonitorInstances: (ec2, http) => ec2.send(new MonitorInstancesCommand(instances), http),
  UnmonitorInstances: (ec2, http) => ec2.send(new UnmonitorInstancesCommand(instances), http),
  ModifyInstanceAttribute: (ec2, http) =>
    ec2.send(
      new ModifyInstanceAttributeCommand({
        DryRun,
        InstanceId: nobody.instance,
        DisableApiTermination: { Value: true },
      }),
      http,
    ),
  ModifyInstanceMetadataOptions: (ec2, http) =>
    ec2.send(
      new ModifyInstanceMetadataOptionsCommand({
        DryRun,
        InstanceId: nobody.instance,
        HttpTokens: 'required',
      }),
      http,
    ),
  ModifyInstanceCreditSpecification: (ec2, http) =>
    ec2.send(
      new ModifyInstanceCreditSpecificationCommand({
        DryRun,
        InstanceCreditSpecifications: [{ InstanceId: nobody.instance, CpuCredits: 'standard' }],
      }),
      http,
    ),
  CreateVolume: (ec2, http) =>
    ec2.send(new CreateVolumeCommand({ DryRun, AvailabilityZone: zone, SnapshotId: nobody.snapshot }), http),
  ModifyVolume: (ec2, http) =>
    ec2.send(new ModifyVolumeCommand({ DryRun, VolumeId: nobody.volume, Size: 1 }), http),
  DeleteVolume: (ec2, http) => ec2.send(new DeleteVolumeCommand({ DryRun, VolumeId: nobody.volume }), http),
  AttachVolume: (ec2, http) =>
    ec2.send(
      new AttachVolumeCommand({
        DryRun,
        VolumeId: nobody.volume,
        InstanceId: nobody.instance,
        Device: '/dev/sdf',
      }),
      http,
    ),
  DetachVolume: (ec2, http) =>
    ec2.send(new DetachVolumeCommand({ DryRun, VolumeId: nobody.volume, InstanceId: nobody.instance }), http),
  CreateSnapshot: (ec2, http) =>
    ec2.send(new CreateSnapshotCommand({ DryRun, VolumeId: nobody.volume }), http),
  CopySnapshot: (ec2, http) =>
    ec2.send(
      new CopySnapshotCommand({ DryRun, SourceSnapshotId: nobody.snapshot, SourceRegion: 'us-east-1' }),
      http,
    ),
  ModifySnapshotAttribute: (ec2, http) =>
    ec2.send(
      new ModifySnapshotAttributeCommand({
        DryRun,
        SnapshotId: nobody.snapshot,
        CreateVolumePermission: { Remove: [{ Group: 'all' }] },
      }),
      http,
    ),
  DeleteSnapshot: (ec2, http) =>
    ec2.send(new DeleteSnapshotCommand({ DryRun, SnapshotId: nobody.snapshot }), http),
  CreateImage: (ec2, http) =>
    ec2.send(new CreateImageCommand({ DryRun, InstanceId: nobody.instance, Name: nobody.name }), http),
  RegisterImage: (ec2, http) =>
    ec2.send(
      new RegisterImageCommand({
        DryRun,
        Name: nobody.name,
        RootDeviceName: '/dev/xvda',
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: nobody.snapshot } }],
      }),
      http,
    ),
  CopyImage: (ec2, http) =>
    ec2.send(
      new CopyImageCommand({
        DryRun,
        Name: nobody.name,
        SourceImageId: nobody.image,
        SourceRegion: 'us-east-1',
      }),
      http,
    ),
  ModifyImageAttribute: (ec2, http) =>
    ec2.send(
      new ModifyImageAttributeCommand({
        DryRun,
        ImageId: nobody.image,
        LaunchPermission: { Remove: [{ Group: 'all' }] },
      }),
      http,
    ),
  DeregisterImage: (ec2, http) =>
    ec2.send(new DeregisterImageCommand({ DryRun, ImageId: nobody.image }), http),
};
