// Makes instances: checks what was asked for against what there is, and fills in what was left open.
import { AwsError } from '../aws-error.ts';
import type { Tags } from '../listing/filters.ts';
import { addressAt, parseCidr } from '../network/cidr.ts';
import { reservedAddresses, roomOf, type Subnet } from '../network/subnet.ts';
import { newResourceId, type RandomSource } from '../random-source.ts';
import { chooseGroups } from './choose-groups.ts';
import { chooseSubnet } from './choose-subnet.ts';
import type { Image } from './image.ts';
import type { Instance } from './instance.ts';
import { findInstanceType, type InstanceType } from './instance-types.ts';
import type { RegionState } from './region-state.ts';
import { type BlockDevice, planVolumes, startVolumes } from './storage/launch-volumes.ts';

export interface LaunchOrder {
  readonly image: Image;
  readonly instanceType: string;
  readonly count: number;
  readonly zone: string | undefined;
  readonly subnetId: string | undefined;
  /** Undefined: as the subnet has it. */
  readonly wantsPublicIp: boolean | undefined;
  readonly placementGroup: Instance['placementGroup'];
  readonly groupIds: readonly string[];
  readonly groupNames: readonly string[];
  readonly keyName: string | undefined;
  readonly clientToken: string | undefined;
  readonly userData: string | undefined;
  readonly hibernationConfigured: boolean;
  readonly terminationProtected: boolean;
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly blockDevices: readonly BlockDevice[];
  readonly tags: Tags;
  readonly volumeTags: Tags;
}

/** What is left open when nobody says otherwise. */
export const usualLaunch = {
  instanceType: 't3.micro',
  count: 1,
  zone: undefined,
  subnetId: undefined,
  wantsPublicIp: undefined,
  placementGroup: undefined,
  groupIds: [],
  groupNames: [],
  keyName: undefined,
  clientToken: undefined,
  userData: undefined,
  hibernationConfigured: false,
  terminationProtected: false,
  shutdownBehavior: 'stop',
  blockDevices: [],
  tags: new Map(),
  volumeTags: new Map(),
} as const satisfies Omit<LaunchOrder, 'image'>;

interface LaunchDeps {
  readonly state: RegionState;
  readonly random: RandomSource;
  readonly nowMs: number;
  readonly transitionMs: number;
  readonly zonesDown: ReadonlySet<string>;
}

/** Puts the instances into the state of the region, all `pending`, in one reservation. */
export function launchInstances(
  order: LaunchOrder,
  { state, random, nowMs, transitionMs, zonesDown }: LaunchDeps,
): Instance[] {
  const type = checkType(order.instanceType, order.image);
  const subnet = chooseSubnet({ ...order, type }, state, zonesDown);
  const { zone } = subnet;
  if (zonesDown.has(zone)) {
    throw new AwsError(
      'InsufficientInstanceCapacity',
      `There is no capacity for ${type.name} in ${zone} just now.`,
      { status: 500 },
    );
  }
  const groups = chooseGroups(order, subnet, state);
  const volumes = planVolumes(order.image, order.blockDevices);
  const reservationId = newResourceId(random, 'r');
  const instances = Array.from({ length: order.count }, (_, launchIndex): Instance => {
    const number = state.nextNumber();
    const instance = {
      id: newResourceId(random, 'i'),
      reservationId,
      accountId: state.accountId,
      region: state.region,
      zone,
      launchIndex,
      imageId: order.image.id,
      instanceType: type.name,
      architecture: order.image.architecture,
      platform: order.image.platform,
      keyName: order.keyName,
      clientToken: order.clientToken,
      userData: order.userData,
      vpcId: subnet.vpcId,
      subnetId: subnet.id,
      groups,
      privateIp: privateIp(subnet, number),
      publicIp: newPublicIp(random),
      hasOwnPublicIp: order.wantsPublicIp ?? subnet.mapPublicIpOnLaunch,
      elasticIp: undefined,
      placementGroup: order.placementGroup,
      networkInterfaceId: newResourceId(random, 'eni'),
      rootDeviceName: order.image.rootDeviceName,
      rootVolumeId: newResourceId(random, 'vol'),
      rootSizeGiB: volumes.root.shape.sizeGiB,
      hibernationConfigured: order.hibernationConfigured,
      terminationProtected: order.terminationProtected,
      shutdownBehavior: order.shutdownBehavior,
      createdAtMs: nowMs,
      launchedAtMs: nowMs,
      state: 'pending' as const,
      dueAtMs: nowMs + transitionMs,
      stateReason: { code: 'pending', message: 'pending' },
      transitionReason: '',
      tags: order.tags,
    };
    const dataVolumeIds = startVolumes(instance, volumes, {
      state,
      random,
      tags: order.volumeTags,
      times: { nowMs, transitionMs },
    });
    return { ...instance, dataVolumeIds };
  });
  for (const instance of instances) state.putInstance(instance);
  return instances;
}

/** From 198.18.0.0/15, which is set aside for benchmarks: nothing that is sent there arrives anywhere. */
export function newPublicIp(random: RandomSource): string {
  const bits = Number.parseInt(random.hex(5), 16);
  return `198.${18 + (bits & 1)}.${(bits >> 1) & 255}.${1 + ((bits >> 9) % 254)}`;
}

function checkType(name: string, image: Image): InstanceType {
  const type = findInstanceType(name);
  if (!type)
    throw new AwsError('InvalidParameterValue', `Invalid value '${name.slice(0, 100)}' for InstanceType.`);
  if (type.architecture !== image.architecture) {
    throw new AwsError(
      'InvalidParameterValue',
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI.`,
    );
  }
  return type;
}

/** After as many launches as a subnet has room for, addresses come again; nothing routes to them. */
function privateIp(subnet: Subnet, number: number): string {
  const cidr = parseCidr(subnet.cidrBlock);
  return cidr ? addressAt(cidr, reservedAddresses.atStart + (number % roomOf(subnet))) : '';
}
