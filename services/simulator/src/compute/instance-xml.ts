// An instance as DescribeInstances and RunInstances write it down. What a state takes away is left out here: the public
// address while it does not run, network and disks once it is terminated.
import type { XmlObject } from '../xml.ts';
import { type Instance, type InstanceState, stateCodes } from './instance.ts';
import { findInstanceType } from './instance-types.ts';
import type { RegionState } from './region-state.ts';
import { volumesOf } from './storage/volumes-of.ts';
import { tagSetOf } from './tags.ts';

interface Writing {
  shuffled<T>(items: readonly T[]): T[];
  readonly noTags: boolean;
  readonly state: Pick<RegionState, 'volumes'>;
}

export function writeInstance(instance: Instance, writing: Writing): XmlObject {
  const type = findInstanceType(instance.instanceType);
  const threadsPerCore = type?.threadsPerCore ?? 1;
  const isWindows = instance.platform === 'windows';
  return {
    instanceId: instance.id,
    imageId: instance.imageId,
    instanceState: writeState(instance.state),
    reason: instance.transitionReason,
    keyName: instance.keyName,
    amiLaunchIndex: instance.launchIndex,
    productCodes: [],
    instanceType: instance.instanceType,
    launchTime: new Date(instance.launchedAtMs),
    placement: {
      availabilityZone: instance.zone,
      groupName: instance.placementGroup?.name ?? '',
      groupId: instance.placementGroup?.id,
      tenancy: 'default',
    },
    platform: instance.platform,
    monitoring: { state: 'disabled' },
    ...writeNetwork(instance, writing),
    stateReason: instance.stateReason && { ...instance.stateReason },
    architecture: instance.architecture,
    rootDeviceType: 'ebs',
    rootDeviceName: instance.rootDeviceName,
    blockDeviceMapping: writeDisks(instance, writing),
    virtualizationType: 'hvm',
    clientToken: instance.clientToken ?? '',
    tagSet: tagSetOf(instance.tags, writing),
    hypervisor: 'xen',
    ebsOptimized: false,
    enaSupport: true,
    cpuOptions: { coreCount: Math.max(1, (type?.vcpus ?? 1) / threadsPerCore), threadsPerCore },
    capacityReservationSpecification: { capacityReservationPreference: 'open' },
    hibernationOptions: { configured: instance.hibernationConfigured },
    enclaveOptions: { enabled: false },
    metadataOptions: {
      state: instance.state === 'pending' ? 'pending' : 'applied',
      httpTokens: 'required',
      httpPutResponseHopLimit: 2,
      httpEndpoint: 'enabled',
    },
    platformDetails: isWindows ? 'Windows' : 'Linux/UNIX',
    usageOperation: isWindows ? 'RunInstances:0002' : 'RunInstances',
    usageOperationUpdateTime: new Date(instance.createdAtMs),
  };
}

export function writeState(state: InstanceState): XmlObject {
  return { code: stateCodes[state], name: state };
}

export function privateDnsName({ privateIp, region }: Instance): string {
  const host = `ip-${privateIp.replaceAll('.', '-')}`;
  return region === 'us-east-1' ? `${host}.ec2.internal` : `${host}.${region}.compute.internal`;
}

export function publicDnsName(publicIp: string, { region }: Instance): string {
  const host = `ec2-${publicIp.replaceAll('.', '-')}`;
  return region === 'us-east-1'
    ? `${host}.compute-1.amazonaws.com`
    : `${host}.${region}.compute.amazonaws.com`;
}

/** Its own address an instance has only while it runs; an elastic one stays until the end. */
export function publicAddressOf(instance: Instance): string | undefined {
  const { state, elasticIp, hasOwnPublicIp, publicIp } = instance;
  if (state === 'terminated') return undefined;
  return elasticIp ?? (state === 'running' && hasOwnPublicIp ? publicIp : undefined);
}

function writeNetwork(instance: Instance, { shuffled }: Writing): XmlObject {
  if (instance.state === 'terminated')
    return { privateDnsName: '', dnsName: '', groupSet: [], networkInterfaceSet: [] };
  const groupSet = shuffled(instance.groups.map(({ id, name }) => ({ groupId: id, groupName: name })));
  const publicIp = publicAddressOf(instance);
  return {
    privateDnsName: privateDnsName(instance),
    dnsName: publicIp === undefined ? '' : publicDnsName(publicIp, instance),
    subnetId: instance.subnetId,
    vpcId: instance.vpcId,
    privateIpAddress: instance.privateIp,
    ipAddress: publicIp,
    sourceDestCheck: true,
    groupSet,
    networkInterfaceSet: [
      {
        networkInterfaceId: instance.networkInterfaceId,
        subnetId: instance.subnetId,
        vpcId: instance.vpcId,
        description: '',
        ownerId: instance.accountId,
        status: 'in-use',
        privateIpAddress: instance.privateIp,
        privateDnsName: privateDnsName(instance),
        sourceDestCheck: true,
        groupSet,
        attachment: {
          attachmentId: `eni-attach-${instance.id.slice(2)}`,
          deviceIndex: 0,
          status: 'attached',
          attachTime: new Date(instance.createdAtMs),
          deleteOnTermination: true,
        },
        association: publicIp === undefined ? undefined : writeAssociation(publicIp, instance),
      },
    ],
  };
}

function writeAssociation(publicIp: string, instance: Instance): XmlObject {
  const ipOwnerId = publicIp === instance.elasticIp ? instance.accountId : 'amazon';
  return { publicIp, publicDnsName: publicDnsName(publicIp, instance), ipOwnerId };
}

function writeDisks(instance: Instance, { state, shuffled }: Writing): XmlObject[] {
  const disks = volumesOf(instance, state).flatMap(({ id, attachments }) =>
    attachments
      .filter(({ instanceId }) => instanceId === instance.id)
      .map((attachment) => ({
        deviceName: attachment.device,
        ebs: {
          volumeId: id,
          status: attachment.state,
          attachTime: new Date(attachment.attachedAtMs),
          deleteOnTermination: attachment.deleteOnTermination,
        },
      })),
  );
  return shuffled(disks);
}
