// An instance as DescribeInstances and RunInstances write it down. What a state takes away is left out here: the public
// address while it does not run, network and disks once it is terminated.
import type { XmlObject } from '../xml.ts';
import { type Instance, type InstanceState, stateCodes } from './instance.ts';
import { findInstanceType } from './instance-types.ts';
import { writeTags } from './tags.ts';

interface Writing {
  shuffled<T>(items: readonly T[]): T[];
  readonly noTags: boolean;
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
    placement: { availabilityZone: instance.zone, groupName: '', tenancy: 'default' },
    platform: instance.platform,
    monitoring: { state: 'disabled' },
    ...writeNetwork(instance, writing),
    stateReason: instance.stateReason && { ...instance.stateReason },
    architecture: instance.architecture,
    rootDeviceType: 'ebs',
    rootDeviceName: instance.rootDeviceName,
    blockDeviceMapping: writeDisks(instance),
    virtualizationType: 'hvm',
    clientToken: instance.clientToken ?? '',
    tagSet:
      writing.noTags || instance.tags.size === 0 ? undefined : writing.shuffled(writeTags(instance.tags)),
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

export function publicDnsName({ publicIp, region }: Instance): string {
  const host = `ec2-${publicIp.replaceAll('.', '-')}`;
  return region === 'us-east-1'
    ? `${host}.compute-1.amazonaws.com`
    : `${host}.${region}.compute.amazonaws.com`;
}

/** Only a running instance can be reached from outside. */
export function hasPublicAddress({ state }: Instance): boolean {
  return state === 'running';
}

function writeNetwork(instance: Instance, { shuffled }: Writing): XmlObject {
  if (instance.state === 'terminated')
    return { privateDnsName: '', dnsName: '', groupSet: [], networkInterfaceSet: [] };
  const groupSet = shuffled(instance.groups.map(({ id, name }) => ({ groupId: id, groupName: name })));
  const isPublic = hasPublicAddress(instance);
  return {
    privateDnsName: privateDnsName(instance),
    dnsName: isPublic ? publicDnsName(instance) : '',
    subnetId: instance.subnetId,
    vpcId: instance.vpcId,
    privateIpAddress: instance.privateIp,
    ipAddress: isPublic ? instance.publicIp : undefined,
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
        association: isPublic
          ? { publicIp: instance.publicIp, publicDnsName: publicDnsName(instance), ipOwnerId: 'amazon' }
          : undefined,
      },
    ],
  };
}

function writeDisks(instance: Instance): XmlObject[] {
  if (instance.state === 'terminated') return [];
  const ebs = {
    volumeId: instance.rootVolumeId,
    status: instance.state === 'pending' ? 'attaching' : 'attached',
    attachTime: new Date(instance.createdAtMs),
    deleteOnTermination: true,
  };
  return [{ deviceName: instance.rootDeviceName, ebs }];
}
