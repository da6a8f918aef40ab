// An EC2 instance as a body.
import type { Instance, InstanceNetworkInterface } from '@aws-sdk/client-ec2';
import type { InstanceBody } from '@cloud-gateway/contracts';
import { instanceStates, normalisedState, type OnUnknownState } from '../states.ts';
import { mainFirst, present, sortedBy, sortedTexts, tagsOf, textOrNull, timeOrNull } from './fields.ts';

/** What EC2 tells about the reservation and not about the instance itself. */
export interface Reservation {
  readonly ReservationId?: string | undefined;
  readonly OwnerId?: string | undefined;
}

export function instanceBody(
  instance: Instance,
  reservation: Reservation,
  onUnknownState: OnUnknownState,
): InstanceBody {
  const tags = tagsOf(instance.Tags);
  const rawState = instance.State?.Name;
  return {
    type: 'instance',
    cloudId: instance.InstanceId ?? '',
    name: textOrNull(tags['Name']),
    state: normalisedState(instanceStates, rawState, (raw) => onUnknownState('instance', raw)),
    rawState: textOrNull(rawState),
    stateReason: textOrNull(instance.StateReason?.Message) ?? textOrNull(instance.StateTransitionReason),
    owner: textOrNull(reservation.OwnerId),
    visibility: 'private',
    tags,
    // EC2 does not tell: LaunchTime is that of the last start, and what hints at the creation goes with termination.
    createdAt: null,
    instanceType: textOrNull(instance.InstanceType),
    imageId: textOrNull(instance.ImageId),
    datacenter: textOrNull(instance.Placement?.AvailabilityZone),
    publicAddresses: mainFirst(instance.PublicIpAddress, instance.NetworkInterfaces?.flatMap(publicOf)),
    privateAddresses: mainFirst(instance.PrivateIpAddress, instance.NetworkInterfaces?.flatMap(privateOf)),
    publicDnsName: textOrNull(instance.PublicDnsName),
    privateDnsName: textOrNull(instance.PrivateDnsName),
    networkId: textOrNull(instance.VpcId),
    subnetId: textOrNull(instance.SubnetId),
    securityGroupIds: sortedTexts(instance.SecurityGroups?.map((group) => group.GroupId)),
    sshKeyName: textOrNull(instance.KeyName),
    launchedAt: timeOrNull(instance.LaunchTime),
    cloudAttributes: onlyAtEc2(instance, reservation),
  };
}

// UsageOperationUpdateTime and the like are left out: they change while nothing does.
function onlyAtEc2(instance: Instance, reservation: Reservation): Record<string, unknown> {
  return present({
    reservationId: reservation.ReservationId,
    architecture: instance.Architecture,
    bootMode: instance.BootMode,
    blockDevices: sortedBy(instance.BlockDeviceMappings, (device) => device.DeviceName).map((device) =>
      present({
        deviceName: device.DeviceName,
        volumeId: device.Ebs?.VolumeId,
        deleteOnTermination: device.Ebs?.DeleteOnTermination,
      }),
    ),
    capacityReservationId: instance.CapacityReservationId,
    ebsOptimized: instance.EbsOptimized,
    hypervisor: instance.Hypervisor,
    iamInstanceProfile: instance.IamInstanceProfile?.Arn,
    instanceLifecycle: instance.InstanceLifecycle,
    ipv6Addresses: sortedTexts(
      instance.NetworkInterfaces?.flatMap((nic) => (nic.Ipv6Addresses ?? []).map((ip) => ip.Ipv6Address)),
    ),
    kernelId: instance.KernelId,
    metadataHttpTokens: instance.MetadataOptions?.HttpTokens,
    monitoring: instance.Monitoring?.State,
    networkInterfaceIds: sortedTexts(instance.NetworkInterfaces?.map((nic) => nic.NetworkInterfaceId)),
    outpostArn: instance.OutpostArn,
    placement: present({
      tenancy: instance.Placement?.Tenancy,
      groupName: instance.Placement?.GroupName,
      partitionNumber: instance.Placement?.PartitionNumber,
      hostId: instance.Placement?.HostId,
    }),
    platform: instance.Platform,
    platformDetails: instance.PlatformDetails,
    productCodes: sortedTexts(instance.ProductCodes?.map((code) => code.ProductCodeId)),
    ramdiskId: instance.RamdiskId,
    rootDeviceName: instance.RootDeviceName,
    rootDeviceType: instance.RootDeviceType,
    sourceDestCheck: instance.SourceDestCheck,
    spotInstanceRequestId: instance.SpotInstanceRequestId,
    stateReasonCode: instance.StateReason?.Code,
    virtualizationType: instance.VirtualizationType,
  });
}

function publicOf(nic: InstanceNetworkInterface): (string | undefined)[] {
  return [
    nic.Association?.PublicIp,
    ...(nic.PrivateIpAddresses ?? []).map((address) => address.Association?.PublicIp),
  ];
}

function privateOf(nic: InstanceNetworkInterface): (string | undefined)[] {
  return [nic.PrivateIpAddress, ...(nic.PrivateIpAddresses ?? []).map((address) => address.PrivateIpAddress)];
}
